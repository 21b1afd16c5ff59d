import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lays the packed hub out so that it starts the quick way (docs/decisions/0071): the jar with its libraries beside it, a cache
 * of their classes as one start in advance read and linked them, on a database that is thrown away, the directives for the compilers
 * (docs/decisions/0105), and {@code start}, the options that {@code java @target/hub/start} takes. Run by Maven after packing. Where
 * no cache can be made it says so, and the same command starts without.
 */
class QuickStart {

    private static final int CACHES_AHEAD_OF_TIME = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Of all practitioners at once, as the platform asks. */
    private static final int SEARCHES = 3_000;
    /**
     * Of one practitioner. A method without a loop that the training called less often is known to the cache by its calls only, and
     * the JVM then waits for some 50,000 more before it compiles it well (docs/decisions/0089).
     */
    private static final int SMALL_SEARCHES = 24_000;
    private static final int CONNECTIONS = 8;
    /** Unknown practitioners per search, except in the small ones. */
    private static final int STRANGERS = 2;

    /** With other slots each, so that what is written once a delivery has been called more than once. */
    private static final int DELIVERIES = 40;
    /** The compilers work behind the calls. */
    private static final Duration COMPILING = Duration.ofSeconds(2);
    /**
     * The cache fits starts with these only. Of those for the compilers, two say that a method which the cache knows from training is looked
     * at again after 128 calls, not 2,048, and compiled well then (docs/decisions/0089); directives are read as diagnostic options only
     * (docs/decisions/0105).
     */
    private static final List<String> OPTIONS =
            List.of("-Xmx640m", "-XX:+UseG1GC", "-XX:+UnlockExperimentalVMOptions", "-XX:G1MaxNewSizePercent=30",
                    "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders",
                    "-XX:TrimNativeHeapInterval=10000", "-XX:Tier2InvokeNotifyFreqLog=7", "-XX:Tier2BackedgeNotifyFreqLog=10",
                    "-XX:+UnlockDiagnosticVMOptions");

    /** Says to make the cache only, of a hub that is laid out already and starts with the options of {@code JAVA_TOOL_OPTIONS}. */
    private static final String CACHE_ONLY = "cache";

    private final Path log;
    private final List<String> options;
    /** Of the clients of the hub in training, which nobody else can reach. */
    private final String secret = UUID.randomUUID().toString();

    private final boolean aheadOfTime = Runtime.version().feature() >= CACHES_AHEAD_OF_TIME;

    private QuickStart(Path log, List<String> options) {
        this.log = log;
        this.options = options;
    }

    /**
     * @param arguments the packed jar, the folder to make, both below where the hub will be started, and the directives for the
     *     compilers; or {@code cache}, the jar laid out, and the cache to make
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(CACHE_ONLY)) {
            Path cache = Path.of(arguments[2]).toAbsolutePath();
            Path log = cache.resolveSibling("quick-start.log");
            String trouble = new QuickStart(log, List.of()).train(Path.of(arguments[1]), cache);
            if (trouble != null) {
                System.out.println(Files.readString(log));
                throw new IllegalStateException("No cache of classes: " + trouble);
            }
            Files.delete(log);
        } else {
            Path folder = Path.of(arguments[1]);
            Path directives = Path.of(arguments[2]);
            List<String> options = new ArrayList<>(OPTIONS);
            options.add("-XX:CompilerDirectivesFile=" + slashed(folder.resolve(directives.getFileName())));
            new QuickStart(folder.resolveSibling("quick-start.log"), options).make(Path.of(arguments[0]), folder, directives);
        }
    }

    private void make(Path jar, Path folder, Path directives) throws Exception {
        delete(folder);
        Process extract = java("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString());
        if (extract.waitFor() != 0) {
            throw new IllegalStateException(jar + " cannot be laid out: " + Files.readString(log));
        }
        Files.copy(directives, folder.resolve(directives.getFileName()));
        Path laidOut = folder.resolve(jar.getFileName());
        Path cache = folder.resolve(aheadOfTime ? "hub.aot" : "hub.jsa");
        String trouble = train(laidOut, cache);
        List<String> start = new ArrayList<>(options);
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
            List<String> command = new ArrayList<>(options);
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
                    "--hub.connectors=" + connectors(thrownAway),
                    "--hub.clients[0].id=searches",
                    "--hub.clients[0].role=search",
                    "--hub.clients[0].token-sha256=" + sha256("search" + secret),
                    "--hub.clients[1].id=delivers",
                    "--hub.clients[1].role=vendor",
                    "--hub.clients[1].vendor=quick-start",
                    "--hub.clients[1].token-sha256=" + sha256("vendor" + secret)));
            Process hub = java(command.toArray(String[]::new));
            if (!isWindows()) {
                boolean ready = isReady(hub, "http://127.0.0.1:" + port);
                String trouble = ready ? exercise("http://127.0.0.1:" + port) : null;
                if (trouble != null) {
                    System.out.println("The cache knows a start, but no search: " + trouble);
                }
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

    private static Path connectors(Path thrownAway) throws IOException {
        Path connectors = Files.createDirectory(thrownAway.resolve("connectors"));
        Files.writeString(connectors.resolve("quick-start.yaml"), """
                vendor: quick-start
                name: Quick start
                status: live
                baseUrl: https://quick-start.example
                mode: push
                flows: [individual]
                roster: [%s]
                """.formatted(practitioners().map(id -> "'" + id + "'").collect(Collectors.joining(", "))));
        return connectors;
    }

    /** Delivers slots and searches for them, so that the cache knows what a search runs through; what was in the way, or null. */
    private String exercise(String address) throws InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < DELIVERIES; i++) {
                HttpResponse<String> delivered = http.send(
                        request(address + "/fhir", "vendor")
                                .header("Content-Type", "application/fhir+json")
                                .POST(HttpRequest.BodyPublishers.ofString(delivery(now.plus(i % 2, ChronoUnit.HOURS))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (delivered.statusCode() != 200) {
                    return delivered.body();
                }
            }
            String trouble = search(http, SEARCHES, i -> search(
                    address, now, i % 2 == 0 ? 3 : 1, Stream.concat(practitioners().skip(STRANGERS), strangers())));
            if (trouble == null) {
                trouble = search(http, SMALL_SEARCHES, i -> search(address, now, 3, practitioners().skip(i % 25).limit(1)));
            }
            Thread.sleep(COMPILING);
            return trouble;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** By several callers at a time, plain and compressed answers in turn; what was in the way, or null. */
    private String search(HttpClient http, int times, IntFunction<String> searched) throws InterruptedException {
        List<Callable<String>> callers = IntStream.range(0, CONNECTIONS)
                .<Callable<String>>mapToObj(caller -> () -> {
                    for (int i = caller; i < times; i += CONNECTIONS) {
                        HttpResponse<Void> found = http.send(
                                request(searched.apply(i), "search")
                                        .header("Accept-Encoding", i / CONNECTIONS % 2 == 0 ? "gzip" : "identity")
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                        if (found.statusCode() != 200) {
                            return "a search was answered with " + found.statusCode();
                        }
                    }
                    return null;
                })
                .toList();
        try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<String> caller : connections.invokeAll(callers)) {
                if (caller.get() != null) {
                    return caller.get();
                }
            }
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static String search(String address, Instant now, int days, Stream<String> practitioners) {
        return address + "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&status=free&start=ge" + now
                + "&start=le" + now.plus(days, ChronoUnit.DAYS) + "&schedule.actor:Practitioner.identifier="
                + practitioners.map(id -> "urn:oid:1.2.250.1.71.4.2.1%7C" + id).collect(Collectors.joining(","));
    }

    private HttpRequest.Builder request(String address, String who) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + who + secret);
    }

    /** Fictitious practitioners: national ids of the range for tests. */
    private static Stream<String> practitioners() {
        return IntStream.range(0, 25).mapToObj(i -> "8999990%05d".formatted(i));
    }

    private static Stream<String> strangers() {
        return IntStream.range(0, STRANGERS).mapToObj(i -> "8999991%05d".formatted(i));
    }

    private static String delivery(Instant now) {
        return practitioners()
                .flatMap(id -> Stream.concat(
                        Stream.of(
                                entry("Practitioner/p" + id, """
                                        "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "%s"}]""".formatted(id)),
                                entry("PractitionerRole/r" + id, """
                                        "practitioner": {"reference": "Practitioner/p%s"}, "location": [{"reference": "#l"}],
                                        "contained": [{"resourceType": "Location", "id": "l", "name": "Cabinet",
                                          "address": {"line": ["1 rue des Essais"], "city": "Paris", "postalCode": "75001"}}]""".formatted(id)),
                                entry("Schedule/s" + id, """
                                        "actor": [{"reference": "Practitioner/p%1$s"}, {"reference": "PractitionerRole/r%1$s"}]""".formatted(id))),
                        IntStream.range(1, 21).mapToObj(i -> entry("Slot/" + id + "-" + i, """
                                "meta": {"security": [{"system": "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau",
                                  "code": "PUBLIC"}]}, "schedule": {"reference": "Schedule/s%s"}, "status": "free", "start": "%s", "end": "%s"
                                """.formatted(id, now.plus(i, ChronoUnit.HOURS), now.plus(i, ChronoUnit.HOURS).plusSeconds(900))))))
                .collect(Collectors.joining(",", "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [", "]}"));
    }

    private static String entry(String address, String content) {
        int slash = address.indexOf('/');
        return "{\"request\": {\"method\": \"PUT\", \"url\": \"%s\"}, \"resource\": {\"resourceType\": \"%s\", \"id\": \"%s\", %s}}"
                .formatted(address, address.substring(0, slash), address.substring(slash + 1), content);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
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
