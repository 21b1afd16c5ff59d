package fr.sas.hub.testing;

import fr.sas.hub.HubApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A hub in a process of its own, which a test can kill; compiled quickly rather than well, since it lives for seconds. */
public final class HubProcess {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private HubProcess() {}

    /**
     * Starts it, without waiting until it is ready.
     *
     * @param log the name of the file under {@code target/} that receives all it says
     * @param settings as one gives them after the class on the command line
     */
    public static Process start(String log, List<String> settings) throws IOException {
        return start(Path.of(""), classPath(), log, settings);
    }

    /** @param folder in which it starts */
    static Process start(Path folder, String classPath, String log, List<String> settings) throws IOException {
        List<String> java = List.of(
                JAVA,
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath,
                HubApplication.class.getName());
        return new ProcessBuilder(
                        Stream.concat(java.stream(), settings.stream()).toList())
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File("target", log).getAbsoluteFile())
                .start();
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
