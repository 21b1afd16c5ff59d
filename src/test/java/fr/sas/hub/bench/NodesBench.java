package fr.sas.hub.bench;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;

import fr.sas.hub.HubApplication;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.VendorBook;
import io.micrometer.core.instrument.MeterRegistry;
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
 * database, how long a refusal takes to every node and to who follows the changes, and then the nodes' processes, which are searched from outside.
 */
public final class NodesBench {

    private static final Path HOME = Path.of("target/bench-nodes");
    private static final Path CONNECTORS = HOME.resolve("connectors");
    private static final int PER_DELIVERY = 25;
    private static final int NODES = 3;
    private static final int FIRST_PORT = 8099;
    private static final int REFUSALS = 30;
    private static final int ASKED_OVER_HTTP = 250;
    private static final Duration WATCHED = Duration.ofSeconds(5);

    private static final String DATABASE = "pg_database_size(current_database())";
    private static final String KEPT =
            "sum(pg_total_relation_size(relid)) FROM pg_partition_tree('connector_delivery') WHERE isleaf";

    /** No subject is there as long as the descriptor has not been taken. */
    private static final String NOT_ASKED_YET =
            "%d - count(*) FROM connector_target WHERE source = 'bench-asked' AND asked_at IS NOT NULL"
                    .formatted(ASKED_OVER_HTTP);

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
        System.out.println("| what | deliveries | slots | slots/s | statements a delivery | WAL bytes a slot"
                + " | WAL bytes a delivery | database, ms of execution a delivery | CPU of the node, ms a delivery |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        long empty = size(jdbc, DATABASE);
        deliver("first, while the compiler warms up", first, jdbc, generator, now, 0);
        deliver("unchanged", first, jdbc, generator, now.plusSeconds(1), 0);
        deliver("changed in every slot", first, jdbc, generator, now.plusSeconds(2), 1);
        System.out.printf(
                "on disk: %d bytes a slot, with all that belongs to it%n",
                (size(jdbc, DATABASE) - empty) / ((long) generator.practitioners() * generator.slots()));
        askOverHttp(first, jdbc);
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
        while (true) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the node on port " + port + " ended: see " + HOME);
            }
            try {
                if (HubClient.at(port).get("/actuator/health/readiness").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                // it does not listen yet
            }
            Thread.sleep(100);
        }
    }

    /** What the database has counted so far, autovacuum's and checkpoints' share of the WAL included. */
    private record Counted(long statements, double millis, long wal, double cpu, long nanos) {

        static Counted by(JdbcTemplate jdbc) {
            Counted counted = jdbc.queryForObject(
                    """
                    SELECT sum(calls)::bigint AS calls, sum(total_exec_time) AS millis,
                      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS wal FROM pg_stat_statements""",
                    (rs, row) -> new Counted(
                            rs.getLong("calls"),
                            rs.getDouble("millis"),
                            rs.getLong("wal"),
                            processCpu(),
                            System.nanoTime()));
            if (counted == null) {
                throw new IllegalStateException();
            }
            return counted;
        }

        /** Less what the hub does anyway, as counted while it had nothing to do. */
        void print(String what, Counted before, Idle idle, long deliveries, long slots) {
            double seconds = (nanos - before.nanos) / 1e9;
            double bytes = Math.max(0, wal - before.wal - idle.wal * seconds);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %.0f | %.1f | %.0f | %.0f | %.2f | %.1f |%n",
                    what,
                    deliveries,
                    slots,
                    slots / seconds,
                    Math.max(0, statements - before.statements - idle.statements * seconds) / deliveries,
                    bytes / slots,
                    bytes / deliveries,
                    Math.max(0, millis - before.millis - idle.millis * seconds) / deliveries,
                    Math.max(0, cpu - before.cpu - idle.cpu * seconds) / deliveries);
        }
    }

    /** Milliseconds of all threads of this process, which is the first node, so far. */
    private static double processCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** A second of a node that has nothing to do. */
    private record Idle(double statements, double millis, double wal, double cpu) {}

    private static Idle idle(JdbcTemplate jdbc) throws InterruptedException {
        Counted before = Counted.by(jdbc);
        Thread.sleep(WATCHED);
        Counted after = Counted.by(jdbc);
        double seconds = (after.nanos - before.nanos) / 1e9;
        return new Idle(
                (after.statements - before.statements) / seconds,
                (after.millis - before.millis) / seconds,
                (after.wal - before.wal) / seconds,
                (after.cpu - before.cpu) / seconds);
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
        Idle idle = idle(jdbc);
        Counted before = Counted.by(jdbc);
        ready.forEach(delivery -> producer.sendBody("direct:delivery-arrived", delivery));
        Counted.by(jdbc).print(what, before, idle, ready.size(), (long) generator.practitioners() * generator.slots());
    }

    /** All that a question costs: claimed, asked in its turn, kept as it came, indexed, released. */
    private static void askOverHttp(ConfigurableApplicationContext hub, JdbcTemplate jdbc) throws InterruptedException {
        VendorBook book = VendorBook.of(IntStream.range(0, ASKED_OVER_HTTP)
                .mapToObj(i -> new VendorBook.Doctor(
                        Generator.nationalId(700_000 + i),
                        "NOM" + i,
                        "Camille",
                        List.of("SM54"),
                        List.of(new VendorBook.Office(
                                List.of("175%07d".formatted(700_000 + i)), "1 rue des Lilas", "75011", "PARIS", ""))))
                .toList());
        Idle idle = idle(jdbc);
        MeterRegistry meters = hub.getBean(MeterRegistry.class);
        try (FakeVendor vendor = aFakeVendor("bench-asked", book).start()) {
            Descriptor.of("bench-asked")
                    .at(vendor.baseUrl())
                    .roster(book.doctors().keySet().toArray(String[]::new))
                    .poll("every: 1s")
                    .poll("idleEvery: 1s")
                    .poll("maxRequestsPerSecond: 20")
                    .dropInto(CONNECTORS);
            while (size(jdbc, NOT_ASKED_YET) > 0) {
                Thread.sleep(100);
            }
            Thread.sleep(WATCHED);
            long answeredBefore = answered(meters);
            long keptBefore = size(jdbc, KEPT);
            Counted before = Counted.by(jdbc);
            Thread.sleep(WATCHED.multipliedBy(2));
            Counted after = Counted.by(jdbc);
            long deliveries = answered(meters) - answeredBefore;
            Long slots =
                    jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE source = 'bench-asked'", Long.class);
            long slotsEach = slots == null ? 0 : slots * PER_DELIVERY / ASKED_OVER_HTTP;
            after.print(
                    "asked over HTTP, unchanged but for the time", before, idle, deliveries, deliveries * slotsEach);
            System.out.printf(
                    "on disk: %d bytes a delivery, kept as it came%n", (size(jdbc, KEPT) - keptBefore) / deliveries);
            Descriptor.of("bench-asked").removeFrom(CONNECTORS);
            Thread.sleep(Duration.ofSeconds(3));
        }
    }

    private static long size(JdbcTemplate jdbc, String what) {
        Long bytes = jdbc.queryForObject("SELECT " + what, Long.class);
        return bytes == null ? 0 : bytes;
    }

    private static long answered(MeterRegistry meters) {
        return meters.get("hub.vendor.requests").tag("vendor", "bench-asked").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
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
            for (HubClient node : nodes) {
                while (node.json(query).path("total").asInt() > 0) {
                    Thread.onSpinWait();
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

    /** From the request on one node until who follows the changes on another is told that the slots are gone. */
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
                "a refusal, %d times: told to who waits for changes on another node in %s ms, to who reads their stream in %s ms"
                        + " after it was sent%n",
                REFUSALS,
                spread(polled),
                spread(streamed));
    }

    private static String spread(List<Long> micros) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return LongStream.of(sorted[sorted.length / 2], sorted[sorted.length * 9 / 10], sorted[sorted.length - 1])
                        .mapToObj(value -> String.format(Locale.ROOT, "%.0f", value / 1e3))
                        .reduce((one, other) -> one + " / " + other)
                        .orElseThrow()
                + " (median / nine of ten / worst)";
    }

    private static long postmaster(JdbcTemplate jdbc) {
        Long backend = jdbc.queryForObject("SELECT pg_backend_pid()", Long.class);
        return ProcessHandle.of(backend == null ? 0 : backend)
                .flatMap(ProcessHandle::parent)
                .or(() -> ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("postgres"))
                        .findFirst())
                .map(ProcessHandle::pid)
                .orElseThrow();
    }
}
