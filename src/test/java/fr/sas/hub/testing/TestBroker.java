package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A RabbitMQ of the distribution's package, on ports and with data of its own. It can be killed and started again where it
 * was. Where there is none, {@link #find} is empty: tests that need one are skipped with {@link #ABSENT}.
 */
public final class TestBroker implements AutoCloseable {

    public static final String ABSENT =
            "no broker: install RabbitMQ (Debian: apt-get install rabbitmq-server, as .ci/run does) to run this test";

    private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
    private static final Path SERVER = BIN.resolve("rabbitmq-server");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final int port = FreePort.next();
    private final int distributionPort = FreePort.next();
    private final int epmdPort = FreePort.next();
    private final Path data;
    private final Map<String, String> environment;
    private Process server;

    private TestBroker(Path data, Map<String, String> environment) {
        this.data = data;
        this.environment = environment;
        start();
    }

    /** A running one; empty where RabbitMQ is not installed. */
    public static Optional<TestBroker> find() {
        return find(Map.of(), "");
    }

    /** One that is started with these variables, and with these lines in its {@code rabbitmq.conf}. */
    public static Optional<TestBroker> find(Map<String, String> environment, String settings) {
        return find(environment, settings, List.of());
    }

    /** @param plugins that it starts with */
    public static Optional<TestBroker> find(Map<String, String> environment, String settings, List<String> plugins) {
        if (!Files.isExecutable(SERVER)) {
            return Optional.empty();
        }
        try {
            Path data = Files.createTempDirectory("hub-rabbitmq");
            Files.writeString(data.resolve("plugins"), "[" + String.join(",", plugins) + "].");
            Files.writeString(data.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 10MB\n" + settings);
            TestBroker broker = new TestBroker(data, environment);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            return Optional.of(broker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** It is gone from one moment to the next, and keeps what it had confirmed. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    /** It is there, and says nothing until it goes on. */
    public void pause() {
        signal("-STOP");
    }

    public void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        List<String> command = Stream.concat(
                        Stream.of("kill", signal),
                        Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                                .map(process -> String.valueOf(process.pid())))
                .toList();
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void start() {
        try {
            ProcessBuilder process = process(SERVER.toString());
            process.environment().putAll(environment);
            server = process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).until(this::answers);
    }

    /** By a command of RabbitMQ's own, such as {@code rabbitmqctl}, with words of which none names a node. */
    public int run(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(0, BIN.resolve(command.getFirst()).toString());
        try {
            return process(words.toArray(String[]::new)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder process(String... words) {
        ProcessBuilder process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/test-broker.log")));
        process.environment()
                .putAll(Map.ofEntries(
                        Map.entry("HOME", data.toString()),
                        Map.entry("RABBITMQ_NODENAME", "hub" + port + "@localhost"),
                        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
                        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort)),
                        Map.entry("ERL_EPMD_PORT", String.valueOf(epmdPort)),
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_MNESIA_BASE", data.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", data.resolve("log").toString()),
                        Map.entry(
                                "RABBITMQ_CONFIG_FILE", data.resolve("rabbitmq").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                data.resolve("plugins").toString()),
                        Map.entry("RABBITMQ_PID_FILE", data.resolve("pid").toString()),
                        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null")));
        return process;
    }

    private boolean answers() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
        try {
            new ProcessBuilder("epmd", "-port", String.valueOf(epmdPort), "-kill")
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
