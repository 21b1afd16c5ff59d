package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import fr.sas.hub.HubApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One more node on the database of a test: in this JVM, or in a process of its own, which can be killed (kill -9). */
public final class Node implements AutoCloseable {

    private final int port;
    private final @Nullable ConfigurableApplicationContext here;
    private final @Nullable Process alone;

    private Node(int port, @Nullable ConfigurableApplicationContext here, @Nullable Process alone) {
        this.port = port;
        this.here = here;
        this.alone = alone;
    }

    /** What a node is started with. */
    public static final class Setup {

        private final List<String> arguments = new ArrayList<>();
        private final List<Class<?>> configurations = new ArrayList<>(List.of(HubApplication.class));

        private Setup(String database, Path connectors) {
            arguments.addAll(List.of(
                    "--spring.profiles.active=test",
                    "--spring.datasource.url=" + database,
                    "--spring.datasource.username=postgres",
                    "--hub.connectors=" + connectors));
        }

        /** @param settings {@code name=value} */
        public Setup with(String... settings) {
            for (String setting : settings) {
                arguments.add("--" + setting);
            }
            return this;
        }

        /** Such as {@link MovableClock.Wound}; of a node in this JVM. */
        public Setup with(Class<?> configuration) {
            configurations.add(configuration);
            return this;
        }

        /** In this JVM; it serves when this returns. */
        public Node start() {
            ConfigurableApplicationContext context =
                    new SpringApplicationBuilder(configurations.toArray(Class<?>[]::new)).run(all("--server.port=0"));
            return new Node(
                    Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port", Integer.class)),
                    context,
                    null);
        }

        /**
         * In a process of its own; {@link #awaitReady} tells when it serves.
         *
         * @param name of its log, in {@code target}
         */
        public Node startAlone(String name) {
            return alone(name, HubProcess::start);
        }

        /** The same for another release. */
        public Node startAlone(String name, LastRelease release) {
            return alone(name, release::start);
        }

        private Node alone(String name, Starting release) {
            try {
                int port = FreePort.next();
                return new Node(port, null, release.start(name + ".log", List.of(all("--server.port=" + port))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String[] all(String port) {
            List<String> all = new ArrayList<>(arguments);
            all.add(port);
            return all.toArray(String[]::new);
        }
    }

    private interface Starting {

        Process start(String log, List<String> settings) throws IOException;
    }

    public static Setup on(String database, Path connectors) {
        return new Setup(database, connectors);
    }

    public int port() {
        return port;
    }

    /** As the platform's search. */
    public HubClient client() {
        return HubClient.at(port);
    }

    /** Of a node in this JVM. */
    public <T> T bean(Class<T> type) {
        return context().getBean(type);
    }

    /** Of a node in this JVM. */
    public ConfigurableApplicationContext context() {
        return Objects.requireNonNull(here);
    }

    public Node awaitReady() {
        HubClient ops = client().as("test-ops");
        await().atMost(Duration.ofMinutes(6)).until(() -> isReady(ops));
        return this;
    }

    private static boolean isReady(HubClient hub) {
        try {
            return hub.get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        return alone == null ? here != null && here.isActive() : alone.isAlive();
    }

    /** Without a last word. Of a node in a process of its own. */
    public void kill() {
        Objects.requireNonNull(alone).destroyForcibly().onExit().join();
    }

    /** As it is asked to by whoever replaces it: it finishes what it does. Of a node in a process of its own. */
    public void leave() {
        Process leaving = Objects.requireNonNull(alone);
        leaving.destroy();
        leaving.onExit().join();
    }

    @Override
    public void close() {
        if (here != null) {
            here.close();
        }
        if (alone != null) {
            kill();
        }
    }
}
