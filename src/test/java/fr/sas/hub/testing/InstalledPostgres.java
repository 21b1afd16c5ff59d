package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL with its own tools, where Debian's {@code postgresql} is installed or was extracted by {@code .ci/run}: the embedded one
 * has no {@code pg_dump}.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final List<Path> INSTALLED = List.of(
            Path.of("/usr/lib/postgresql"),
            Path.of("target/tools/usr/lib/postgresql").toAbsolutePath());

    private final Path bin;
    private final Path folder;
    private final int port;
    private final Process server;

    private InstalledPostgres(Path bin, Path folder, List<String> settings) throws IOException {
        this.bin = bin;
        this.folder = folder;
        this.port = FreePort.next();
        List<String> options = new ArrayList<>(List.of("-D", data(folder), "-p", String.valueOf(port)));
        Stream.concat(
                        Stream.of(
                                "listen_addresses=localhost",
                                "unix_socket_directories=",
                                "fsync=off",
                                "jit=off", // its compiler is not extracted
                                "archive_mode=on",
                                "archive_command=cp %p " + archive(folder) + "/%f.part && mv " + archive(folder)
                                        + "/%f.part " + archive(folder) + "/%f"),
                        settings.stream())
                .forEach(setting -> options.addAll(List.of("-c", setting)));
        this.server = begin(bin, folder, "postgres", options.toArray(String[]::new));
        try {
            await().ignoreExceptions()
                    .until(() -> ask("postgres", "SELECT pg_is_in_recovery()").equals("f"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The test that asks for it is skipped where none is installed. */
    public static InstalledPostgres started() throws IOException, InterruptedException {
        Optional<Path> newest = newest();
        assumeThat(newest)
                .as("Debian's postgresql is not on this machine: backups are not tested. .ci/run fetches it")
                .isPresent();
        Path bin = newest.orElseThrow();
        Path folder = folder();
        Process made = begin(
                bin, folder, "initdb", "-D", data(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        assertThat(made.waitFor()).as("initdb; see %s", folder).isZero();
        return new InstalledPostgres(bin, folder, List.of());
    }

    private static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("installed-postgres");
        Files.createDirectory(folder.resolve("archive"));
        return folder;
    }

    private static String data(Path folder) {
        return folder.resolve("data").toString();
    }

    private static String archive(Path folder) {
        return folder.resolve("archive").toString();
    }

    /** Where {@link #recovered} begins, taken while the server works. */
    public Path backup() throws IOException, InterruptedException {
        Path copy = folder();
        run("pg_basebackup", "-D", data(copy), "-c", "fast");
        return copy;
    }

    /**
     * Another server, of what this one had committed at an instant by its clock; this one goes on.
     *
     * @param backup taken before that instant
     * @param instant as PostgreSQL writes it
     */
    public InstalledPostgres recovered(Path backup, String instant) throws IOException {
        String last = ask("postgres", "SELECT pg_walfile_name(pg_switch_wal())");
        await("archived").until(() -> Files.exists(Path.of(archive(folder), last)));
        Files.createFile(Path.of(data(backup), "recovery.signal"));
        return new InstalledPostgres(
                bin,
                backup,
                List.of(
                        "restore_command=cp " + archive(folder) + "/%f %p",
                        "recovery_target_time=" + instant,
                        "recovery_target_action=promote"));
    }

    /** The first column of the first row. */
    public String ask(String database, String query) {
        try (Connection connection = DriverManager.getConnection(address(database), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String database, String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address(database), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Optional<Path> newest() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path installed : INSTALLED) {
            if (Files.isDirectory(installed)) {
                try (Stream<Path> versions = Files.list(installed)) {
                    versions.map(version -> version.resolve("bin"))
                            .filter(bin -> Stream.of("initdb", "postgres", "pg_dump", "pg_restore", "pg_basebackup")
                                    .allMatch(tool -> Files.isExecutable(bin.resolve(tool))))
                            .forEach(found::add);
                }
            }
        }
        return found.stream()
                .max(Comparator.comparing(bin -> bin.getParent().getFileName().toString()));
    }

    public String address(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database + "?reWriteBatchedInserts=true";
    }

    /** Of a file beside its data. */
    public String file(String name) {
        return folder.resolve(name).toString();
    }

    /** One of its tools, until it has succeeded. */
    public void run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(bin.resolve(tool).toString(), "-h", "localhost", "-p", String.valueOf(port), "-U", "postgres"));
        command.addAll(List.of(arguments));
        assertThat(started(folder, command).waitFor())
                .as("%s; see %s", tool, folder)
                .isZero();
    }

    /** The server refuses to be root, which it then is not. */
    private static Process begin(Path bin, Path folder, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return started(folder, command);
    }

    private static Process started(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
