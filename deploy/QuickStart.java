import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lays the packed hub out so that it starts the quick way (docs/decisions/0071): the jar with its libraries beside it, a cache
 * of their classes as one start in advance read and linked them, on a database that is thrown away, and {@code start}, the
 * options that {@code java @target/hub/start} takes. Run by Maven after packing. Where no cache can be made it says so, and the
 * same command starts without.
 */
class QuickStart {

    private static final int CACHES_AHEAD_OF_TIME = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** The cache fits starts with these only. */
    private static final List<String> OPTIONS =
            List.of("-Xmx640m", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders");

    private final Path jar;
    private final Path folder;
    private final Path log;
    private final boolean aheadOfTime = Runtime.version().feature() >= CACHES_AHEAD_OF_TIME;

    private QuickStart(Path jar, Path folder) {
        this.jar = jar;
        this.folder = folder;
        this.log = folder.resolveSibling("quick-start.log");
    }

    /** @param arguments the packed jar, and the folder to make; both below where the hub will be started */
    public static void main(String[] arguments) throws Exception {
        new QuickStart(Path.of(arguments[0]), Path.of(arguments[1])).make();
    }

    private void make() throws Exception {
        delete(folder);
        Process extract = java("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString());
        if (extract.waitFor() != 0) {
            throw new IllegalStateException(jar + " cannot be laid out: " + Files.readString(log));
        }
        Path laidOut = folder.resolve(jar.getFileName());
        Path cache = folder.resolve(aheadOfTime ? "hub.aot" : "hub.jsa");
        String trouble = train(laidOut, cache);
        List<String> start = new ArrayList<>(OPTIONS);
        if (trouble == null) {
            start.add((aheadOfTime ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + slashed(cache));
        }
        start.add("-jar " + slashed(laidOut));
        Files.write(folder.resolve("start"), start);
        System.out.println("java @" + slashed(folder.resolve("start")) + " starts the hub"
                + (trouble == null ? ", with the classes of " + slashed(cache) : " without a cache of classes: " + trouble + ", see " + slashed(log)));
    }

    /** Starts the hub once, asks it a little and ends it; what was in the way, or null. */
    private String train(Path laidOut, Path cache) throws Exception {
        Path thrownAway = Files.createTempDirectory("hub-quick-start");
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(OPTIONS);
            command.add((aheadOfTime ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
            if (isWindows()) {
                command.add("-Dspring.context.exit=onRefresh"); // nothing there asks a process to end
            }
            command.addAll(List.of(
                    "-jar", laidOut.toString(),
                    "--server.address=127.0.0.1",
                    "--server.port=" + port,
                    "--spring.datasource.url=embedded",
                    "--hub.data=" + thrownAway.resolve("data"),
                    "--hub.connectors=" + Files.createDirectory(thrownAway.resolve("connectors"))));
            Process hub = java(command.toArray(String[]::new));
            if (!isWindows()) {
                boolean ready = isReady(hub, "http://127.0.0.1:" + port);
                hub.destroy();
                if (!ready) {
                    hub.waitFor(1, TimeUnit.MINUTES);
                    hub.destroyForcibly();
                    return "it did not get ready";
                }
            }
            if (!hub.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                hub.destroyForcibly();
            }
            return Files.exists(cache) ? null : "this JDK wrote none";
        } finally {
            delete(thrownAway);
        }
    }

    private static boolean isReady(Process hub, String address) throws InterruptedException {
        long began = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (hub.isAlive() && System.nanoTime() - began < PATIENCE.toNanos()) {
                if (status(http, address + "/actuator/health/readiness") == 200) {
                    return status(http, address + "/") == 200 && status(http, address + "/fhir/metadata") == 200;
                }
                Thread.sleep(200);
            }
            return false;
        }
    }

    private static int status(HttpClient http, String address) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Says what it says in the log; settings of whoever builds are not its own. */
    private Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("HUB_"));
        return process.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
