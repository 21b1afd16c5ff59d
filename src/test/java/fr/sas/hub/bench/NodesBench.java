package fr.sas.hub.bench;

import fr.sas.hub.HubApplication;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * Several nodes on one PostgreSQL, which counts what they cost it. Started by {@code bench/nodes}: prints what deliveries cost the
 * database, how long a refusal takes to reach every node and the consumers that follow the changes, and then the nodes' processes, which are searched from outside.
 */
public final class NodesBench {

    private static final Path HOME = Path.of("target/bench-nodes");
    private static final Path CONNECTORS = HOME.resolve("connectors");
    private static final int PER_DELIVERY = 25;
    private static final int NODES = 3;
    private static final int FIRST_PORT = 8099;
    private static final int REFUSALS = 30;
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(3);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final String DATABASE = "pg_database_size(current_database())";

    private NodesBench() {}

    public static void main(String[] arguments) {
        try {
            measure();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measure() throws Exception {
        FileSystemUtils.deleteRecursively(HOME);
        Files.createDirectories(CONNECTORS);
        Descriptor.of("bench-1").at("http://127.0.0.1:9").dropInto(CONNECTORS);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(HOME.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        String database = postgres.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true";
        JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", "postgres"));
        jdbc.execute("CREATE EXTENSION pg_stat_statements");
        ConfigurableApplicationContext first =
                new SpringApplication(HubApplication.class, ReadyArray.class).run(options(database, FIRST_PORT));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Generator generator = new Generator(
                Integer.getInteger("bench.practitioners", 2_000),
                Integer.getInteger("bench.slots", 20),
                now.plus(Duration.ofHours(1)));
        DatabaseCost.printHead();
        long empty = DatabaseCost.number(jdbc, DATABASE);
        deliver("first, while the compiler warms up", first, jdbc, generator, now, 0);
        deliver("unchanged", first, jdbc, generator, now.plusSeconds(1), 0);
        deliver("changed in every slot", first, jdbc, generator, now.plusSeconds(2), 1);
        System.out.printf(
                "on disk: %d bytes a slot, with all that belongs to it%n",
                (DatabaseCost.number(jdbc, DATABASE) - empty) / ((long) generator.practitioners() * generator.slots()));
        AskedOverHttp.measure(first, jdbc, CONNECTORS);
        List<Process> others = new CopyOnWriteArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> others.forEach(Process::destroyForcibly)));
        for (int node = 1; node < NODES; node++) {
            others.add(node(database, FIRST_PORT + node));
        }
        for (int node = 1; node < NODES; node++) {
            awaitReady(others.get(node - 1), FIRST_PORT + node);
        }
        refuse(now);
        tellConsumers();
        System.out.printf(
                "READY window=%s/%s nodes=%d,%s postgres=%d%n",
                now,
                now.plus(Duration.ofHours(72)),
                ProcessHandle.current().pid(),
                String.join(
                        ",",
                        others.stream()
                                .map(other -> String.valueOf(other.pid()))
                                .toList()),
                postmaster(jdbc));
    }

    private static String[] options(String database, int port) {
        return new String[] {
            "--spring.profiles.active=bench",
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=postgres",
            "--server.port=" + port,
            "--hub.connectors=" + CONNECTORS
        };
    }

    private static Process node(String database, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("bench.memory", "640m"),
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty("java.class.path"),
                HubApplication.class.getName()));
        command.addAll(Arrays.asList(options(database, port)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(HOME.toFile(), "node-" + port + ".log"))
                .start();
    }

    private static void awaitReady(Process process, int port) throws InterruptedException {
        Deadline deadline = Deadline.in(STARTED_WITHIN, "the node on port " + port + " is ready: see " + HOME);
        while (!isReady(port)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the node on port " + port + " ended: see " + HOME);
            }
            deadline.pause();
        }
    }

    private static boolean isReady(int port) {
        try {
            return HubClient.at(port).get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false; // it does not listen yet
        }
    }

    /** Through the real intake, one by one, as they arrive; the vendor's own time is left out. */
    private static void deliver(
            String what,
            ConfigurableApplicationContext hub,
            JdbcTemplate jdbc,
            Generator generator,
            Instant fetchedAt,
            int shift)
            throws InterruptedException {
        ProducerTemplate producer = hub.getBean(ProducerTemplate.class);
        List<Delivery> ready = IntStream.iterate(
                        0, first -> first < generator.practitioners(), first -> first + PER_DELIVERY)
                .mapToObj(first -> BenchHub.delivery(generator, 1, first, fetchedAt, shift))
                .toList();
        DatabaseCost.Idle idle = DatabaseCost.idle(jdbc);
        DatabaseCost before = DatabaseCost.by(jdbc);
        ready.forEach(delivery -> producer.sendBody("direct:delivery-arrived", delivery));
        DatabaseCost.by(jdbc)
                .print(what, before, idle, ready.size(), (long) generator.practitioners() * generator.slots());
    }

    /** From the request to the first answer without the slots on every node, which are asked one after the other without pause. */
    private static void refuse(Instant now) throws InterruptedException {
        HubClient portal = HubClient.at(FIRST_PORT).as("bench-portal");
        List<HubClient> nodes = IntStream.range(0, NODES)
                .mapToObj(node -> HubClient.at(FIRST_PORT + node).as("bench-search"))
                .toList();
        List<Long> sent = new ArrayList<>();
        List<Long> everywhere = new ArrayList<>();
        for (int i = 0; i < REFUSALS; i++) {
            String who = Generator.nationalId(i);
            String query = HubClient.slotsOf(now, who);
            nodes.forEach(node -> node.get(query));
            String settings = settingsOf(who, portal);
            long began = System.nanoTime();
            HubClient.json(portal.put(settings, "{\"vendorSlotsHidden\": true}"));
            sent.add((System.nanoTime() - began) / 1_000);
            Deadline deadline = Deadline.in(GONE_WITHIN, "no node answers with slots of " + who);
            for (HubClient node : nodes) {
                while (node.json(query).path("total").asInt() > 0) {
                    deadline.check();
                }
            }
            everywhere.add((System.nanoTime() - began) / 1_000);
        }
        System.out.printf(
                Locale.ROOT,
                "a refusal, %d times: saved in %s ms, gone from the answers of all %d nodes in %s ms after it was sent%n",
                REFUSALS,
                spread(sent),
                NODES,
                spread(everywhere));
    }

    /** The address of the settings of somebody who has been entered, and whose slots are shown. */
    private static String settingsOf(String who, HubClient portal) {
        String practitioner = "/api/v1/practitioners/" + who;
        HubClient.json(portal.put(practitioner, """
                {"family": "NOM", "given": ["Camille"],
                 "places": [{"structures": ["1750000000"], "postalCode": "75001", "city": "PARIS"}]}"""));
        String settings = practitioner + "/settings";
        HubClient.json(portal.put(settings, "{\"vendorSlotsHidden\": false}"));
        return settings;
    }

    /** From the request on one node until a consumer that follows the changes on another is told that the slots are gone. */
    private static void tellConsumers() throws IOException, InterruptedException {
        HubClient portal = HubClient.at(FIRST_PORT).as("bench-portal");
        List<Long> polled = new ArrayList<>();
        List<Long> streamed = new ArrayList<>();
        try (ChangeConsumers consumers =
                new ChangeConsumers("http://127.0.0.1:" + (FIRST_PORT + 1), "http://127.0.0.1:" + (FIRST_PORT + 2))) {
            for (int i = REFUSALS; i < 2 * REFUSALS; i++) {
                String who = Generator.nationalId(i);
                String settings = settingsOf(who, portal);
                long began = System.nanoTime();
                HubClient.json(portal.put(settings, "{\"vendorSlotsHidden\": true}"));
                polled.add(consumers.polledAfter(who, began));
                streamed.add(consumers.streamedAfter(who, began));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "a refusal, %d times: told to a consumer that waits for changes on another node in %s ms, to one that reads their stream in %s ms"
                        + " after it was sent%n",
                REFUSALS,
                spread(polled),
                spread(streamed));
    }

    static String spread(List<Long> micros) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return LongStream.of(sorted[sorted.length / 2], sorted[sorted.length * 9 / 10], sorted[sorted.length - 1])
                        .mapToObj(value -> String.format(Locale.ROOT, "%.0f", value / 1e3))
                        .reduce((one, other) -> one + " / " + other)
                        .orElseThrow()
                + " (median / nine of ten / worst)";
    }

    private static long postmaster(JdbcTemplate jdbc) {
        Long pid =
                jdbc.queryForObject("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint", Long.class);
        return Objects.requireNonNull(pid);
    }
}
