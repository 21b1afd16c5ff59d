package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last release, named by {@code last-release/} among the tests' resources: its code out of this repository's history, compiled and
 * started with the libraries of today (docs/decisions/0086).
 */
public final class LastRelease {

    private static final Path NAMED = Path.of("src/test/resources/last-release");
    private static final Path BUILT = Path.of("target/last-release").toAbsolutePath();

    private final Path tree;
    private final Path classes;

    private LastRelease(Path folder) {
        this.tree = folder.resolve("tree");
        this.classes = folder.resolve("classes");
    }

    /** Each as {@code sha256sum} writes it, by their names. */
    public static List<String> migrations() throws IOException {
        return Files.readAllLines(NAMED.resolve("migrations"));
    }

    /** Built once per commit. The test that asks for it is skipped where it cannot be had. */
    public static synchronized LastRelease built() throws IOException, InterruptedException {
        String commit = Files.readString(NAMED.resolve("commit")).strip();
        LastRelease release = new LastRelease(BUILT.resolve(commit));
        if (!Files.isDirectory(release.classes)) {
            assumeThat(hasHistory(commit))
                    .as("The last release, %s, is not in this clone: git fetch --unshallow", commit)
                    .isTrue();
            assumeThat(javac()).as("The JDK's compiler").exists();
            release.build(commit);
        }
        return release;
    }

    private static boolean hasHistory(String commit) throws IOException, InterruptedException {
        Files.createDirectories(BUILT);
        try {
            return exitOf(Path.of("."), List.of("git", "cat-file", "-e", commit + "^{commit}")) == 0;
        } catch (IOException noGit) {
            return false;
        }
    }

    private void build(String commit) throws IOException, InterruptedException {
        Files.createDirectories(tree);
        Path archive = tree.resolveSibling("archive.tar");
        runs(
                Path.of("."),
                List.of(
                        "git",
                        "archive",
                        "--output=" + archive,
                        commit,
                        "src/main",
                        "src/test/resources/application-test.yaml",
                        "connectors",
                        "routes",
                        "fhir-profiles",
                        "help"));
        runs(tree, List.of("tar", "-xf", archive.toString()));
        Path half = tree.resolveSibling("half-compiled");
        Path arguments = tree.resolveSibling("javac");
        Files.writeString(arguments, """
                -proc:none -nowarn -parameters -encoding UTF-8
                -d %s
                -cp %s
                %s
                """.formatted(quoted(half.toString()), quoted(libraries()), sources()));
        runs(
                tree,
                List.of(
                        javac().toString(),
                        "-J-Xmx900m",
                        "-J-XX:+UseSerialGC",
                        "-J-XX:TieredStopAtLevel=1",
                        "@" + arguments));
        Files.move(half, classes);
    }

    private String sources() throws IOException {
        try (Stream<Path> files = Files.walk(tree.resolve("src/main/java"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .sorted(Comparator.naturalOrder())
                    .map(LastRelease::quoted)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Without what this repository compiles today. */
    private static String libraries() {
        Path ours = Path.of("target").toAbsolutePath();
        return Stream.of(HubProcess.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !entry.equals(ours.resolve("classes")) && !entry.equals(ours.resolve("test-classes")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** In its own folder, with its own routes, profiles and settings of tests. */
    Process start(String log, List<String> settings) throws IOException {
        String classPath = Stream.of(
                        classes,
                        tree.resolve("src/main/resources"),
                        tree.resolve("connectors"),
                        tree.resolve("src/test/resources"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return HubProcess.start(tree, classPath + File.pathSeparator + libraries(), log, settings);
    }

    private static Path javac() {
        return Path.of(System.getProperty("java.home"), "bin", "javac");
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\") + '"';
    }

    private static void runs(Path folder, List<String> command) throws IOException, InterruptedException {
        assertThat(exitOf(folder, command))
                .as("%s; what it says: %s", command.getFirst(), log())
                .isZero();
    }

    private static int exitOf(Path folder, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .start()
                .waitFor();
    }

    private static File log() {
        return BUILT.resolve("build.log").toFile();
    }
}
