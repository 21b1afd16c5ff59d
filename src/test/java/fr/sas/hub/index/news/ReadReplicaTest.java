package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.ReadReplica;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.Standby;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on one database; one of them reads from its standby what it does not hold in memory. */
class ReadReplicaTest {

    private static final int CONNECTIONS = 3;

    private static final Settings REFUSING =
            Settings.builder().vendorSlotsHidden(true).build();

    @TempDir
    static Path connectors;

    private static StoppableDatabase primary;
    private static Standby standby;
    private static Node writer;
    private static Node reader;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @BeforeAll
    static void two_nodes_on_a_database_with_a_standby() {
        primary = new StoppableDatabase();
        writer = Node.on(primary.address(), connectors).start();
        standby = primary.standby();
        reader = Node.on(primary.address(), connectors)
                .with("hub.search.datasource.url=" + standby.address())
                .with("hub.search.datasource.maximum-pool-size=" + CONNECTIONS)
                .with("hub.index.memory-outlasts=2s")
                .start();
        LiveVendors.areIn(connectors, writer.bean(Vendors.class));
        await().until(() -> reader.bean(Vendors.class).find(SOLEIL).isPresent());
    }

    @AfterAll
    static void all_end() {
        primary.goOn();
        reader.close();
        writer.close();
        standby.close();
        primary.close();
    }

    @BeforeEach
    void alice_has_a_slot_that_the_standby_knows() {
        await().until(() -> reader.bean(ReadReplica.class).isAnswering());
        known(
                alice,
                () -> replace(ScreenedBatchBuilder.by(SOLEIL, now.minusSeconds(30), alice)
                        .slot(now.plus(1, ChronoUnit.HOURS))));
        assertThat(slots(alice)).isEqualTo(1);
    }

    @Test
    void what_is_not_in_memory_is_read_from_the_standby() {
        standby.holdBack();
        try {
            new JdbcTemplate(writer.bean(DataSource.class))
                    .update("DELETE FROM index_slot WHERE subject = ?", alice.value());

            forget(alice);

            assertThat(slots(alice)).isEqualTo(1);
        } finally {
            standby.catchUp();
        }
    }

    @Test
    void a_refusal_is_obeyed_at_once_although_the_standby_does_not_know_it_yet() {
        PractitionerId bruno = Batches.newPractitioner();
        known(bruno, () -> replace(ScreenedBatchBuilder.by(SOLEIL, now, bruno).slot(now.plus(1, ChronoUnit.HOURS))));
        standby.holdBack();
        try {
            writer.context().publishEvent(new ParticipationChanged(alice, Settings.DEFAULT, REFUSING));

            await().pollInterval(Duration.ofMillis(10)).until(() -> slots(alice) == 0);
            for (int i = 0; i < 10; i++) {
                forget(alice);
                assertThat(slots(alice)).isZero();
            }
            double before = reads("replica");
            forget(bruno);
            assertThat(slots(bruno)).as("of whom nothing was heard").isEqualTo(1);
            assertThat(reads("replica")).isGreaterThan(before);
            before = reads("replica");
            forget(bruno);
            forget(alice);
            assertThat(slots(alice, bruno)).as("each from where it is known").isEqualTo(1);
            assertThat(reads("replica")).isGreaterThan(before);
        } finally {
            standby.catchUp();
        }

        ReplayPositions positions = reader.bean(ReplayPositions.class);
        await().until(() -> isReplayed(positions.of(alice)));
        forget(alice);
        assertThat(slots(alice)).as("from the standby, which knows it now").isZero();
    }

    @Test
    void while_the_primary_is_silent_the_standby_answers_and_tells_of_when_it_is() {
        known(
                alice,
                () -> replace(ScreenedBatchBuilder.by(Source.AGENDA, now, alice)
                        .slot("there", now.plus(2, ChronoUnit.HOURS), 15, "typed", false)));
        primary.stop();
        Instant stopped = Instant.now();
        try {
            await().until(() -> reader.bean(DatabasePulse.class).isSilent());
            await("memory counts no more")
                    .until(() -> !reader.bean(MemoryTrust.class).counts());
            PractitionerId stranger = Batches.newPractitioner();

            JsonNode answer = reader.client().json(slotsOf(alice));

            assertThat(answer.path("total").asInt()).isEqualTo(2);
            assertThat(answer.toString()).contains("database does not answer; this is what was known at");
            assertThat(answer.findValuesAsText("valueDateTime"))
                    .isNotEmpty()
                    .allSatisfy(sync ->
                            assertThat(OffsetDateTime.parse(sync).toInstant()).isBeforeOrEqualTo(stopped));
            assertThat(reader.client().json(slotsOf(stranger)).path("total").asInt())
                    .isZero();
            assertThat(reader.client()
                            .json("/fhir/PractitionerRole?participation=true")
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(writer.client().get(slotsOf(stranger)).statusCode())
                    .as("at a node without a standby")
                    .isEqualTo(503);
            assertThat(readiness()).isEqualTo("WARN");
        } finally {
            primary.goOn();
        }
        await("the database is heard again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> readiness().equals("UP"));
        assertThat(reader.client().json(slotsOf(alice)).toString()).doesNotContain("does not answer");
    }

    @Test
    void while_the_standby_is_away_the_primary_answers_and_health_and_figures_say_so() {
        standby.stop();
        try {
            forget(alice);

            assertThat(slots(alice)).isEqualTo(1);
            await().until(() -> health().equals("WARN"));
            assertThat(answering()).isZero();
            double before = reads("primary");
            forget(alice);
            assertThat(slots(alice)).isEqualTo(1);
            assertThat(reads("primary")).isGreaterThan(before);
            assertThat(readiness()).isEqualTo("UP");
        } finally {
            standby.start();
        }
        await().until(() -> health().equals("UP"));
        assertThat(answering()).isEqualTo(1);
    }

    @Test
    void a_read_that_finds_all_connections_to_the_standby_in_use_goes_to_the_primary_and_the_standby_is_not_given_up() {
        ReadReplica replica = reader.bean(ReadReplica.class);
        CountDownLatch taken = new CountDownLatch(CONNECTIONS);
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    others.execute(() -> replica.read(standby -> {
                        taken.countDown();
                        return Optional.of(isOver(enough));
                    }));
                }
                await().until(() -> taken.getCount() == 0);
                double before = reads("primary");
                forget(alice);

                assertThat(slots(alice)).isEqualTo(1);
                assertThat(reads("primary")).isGreaterThan(before);
                assertThat(replica.isAnswering()).isTrue();
                Instant known = replica.knownAt();
                await("it is looked at all the same").until(() -> {
                    somethingIsCommitted();
                    return replica.knownAt().isAfter(known);
                });
            } finally {
                enough.countDown();
            }
        }
    }

    /**
     * Until then the end of the primary's log may be what it has not written out, which no standby gets. No row is written: a row written again and
     * again is cleaned up, and a standby that is being read waits with that.
     */
    private static void somethingIsCommitted() {
        new JdbcTemplate(writer.bean(DataSource.class)).execute("SELECT pg_logical_emit_message(true, 'test', '')");
    }

    @Test
    void a_standby_that_does_not_know_what_this_node_wrote_in_the_primary_is_not_read_however_far_it_is() {
        new JdbcTemplate(writer.bean(DataSource.class)).update("DELETE FROM database_mark");
        try {
            await().until(() -> health().equals("WARN"));
            double before = reads("primary");
            forget(alice);

            assertThat(slots(alice)).isEqualTo(1);
            assertThat(reads("primary")).isGreaterThan(before);
        } finally {
            reader.bean(IndexNews.class).begins(Instant.now());
        }
        await("marked anew").until(() -> health().equals("UP"));
        double before = reads("replica");
        await().until(() -> {
            forget(alice);
            return slots(alice) == 1 && reads("replica") > before;
        });
    }

    /** As at each beginning of hearing: the mark is on its way. */
    @Test
    @CapturesOutput
    void a_standby_to_which_a_new_mark_is_on_its_way_is_not_reported(CapturedOutput output) {
        int before = reported(output);
        standby.holdBack();
        try {
            reader.bean(IndexNews.class).begins(Instant.now());
            await().until(() -> replicaHealth(reader).contains("does not know what this node wrote"));
        } finally {
            standby.catchUp();
        }

        await().until(() -> health().equals("UP"));
        assertThat(reported(output)).isEqualTo(before);
    }

    private static int reported(CapturedOutput output) {
        return output.getAll().split("Searches are read from the primary instead", -1).length;
    }

    @Test
    void a_standby_whose_user_may_not_read_what_searches_read_is_left_alone_and_health_names_what_it_may_not() {
        JdbcTemplate operator = new JdbcTemplate(writer.bean(DataSource.class));
        operator.execute("CREATE ROLE hub_search LOGIN");
        try (Node limited = Node.on(primary.address(), connectors)
                .with("hub.search.datasource.url=" + standby.address().replaceFirst("\\?.*", ""))
                .with("hub.search.datasource.username=hub_search")
                .start()) {
            await().until(() -> replicaHealth(limited).contains("permission denied for table database_mark"));
            assertThat(limited.client().json(slotsOf(alice)).path("total").asInt())
                    .isEqualTo(1);

            operator.execute("GRANT SELECT ON database_mark TO hub_search");
            await().until(() -> replicaHealth(limited).contains("Its user may not read ")
                    && replicaHealth(limited).contains("index_slot"));

            operator.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO hub_search");
            await().until(() -> replicaHealth(limited).contains("\"UP\""));
            assertThat(limited.client()
                            .json(slotsOf(Batches.newPractitioner(), alice))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private static String replicaHealth(Node node) {
        return node.client().as("test-ops").get("/actuator/health/replica").body();
    }

    @Test
    void the_primary_is_asked_again_after_whatever_failure() {
        ReplayPositions positions =
                new ReplayPositions(reader.bean(ReadReplica.class), failingOnce(), Clock.systemUTC());
        positions.start();
        try {
            await().until(() -> positions.of(alice) != ReplayPositions.UNKNOWN);
        } finally {
            positions.stop();
        }
    }

    private static JdbcClient failingOnce() {
        AtomicBoolean failed = new AtomicBoolean();
        return (JdbcClient) Proxy.newProxyInstance(
                JdbcClient.class.getClassLoader(), new Class<?>[] {JdbcClient.class}, (proxy, method, arguments) -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("Unforeseen");
                    }
                    return method.invoke(reader.bean(JdbcClient.class), arguments);
                });
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void replace(ScreenedBatchBuilder saying) {
        writer.bean(AvailabilityIndex.class).replace(saying.batch());
    }

    /** The reader has heard of the change, and the standby knows it. */
    private static void known(PractitionerId practitioner, Runnable change) {
        ReplayPositions positions = reader.bean(ReplayPositions.class);
        await().until(() -> positions.of(practitioner) != ReplayPositions.UNKNOWN);
        long before = positions.of(practitioner);
        change.run();
        await().until(() -> positions.of(practitioner) != before && isReplayed(positions.of(practitioner)));
    }

    private static boolean isReplayed(long position) {
        return reader.bean(ReadReplica.class)
                .read(standby -> Optional.of(standby.position()))
                .filter(replayed -> replayed >= position)
                .isPresent();
    }

    /** Without news: nothing changed. */
    private static void forget(PractitionerId practitioner) {
        reader.context().publishEvent(new IndexChanged.Changed(Set.of(practitioner)));
    }

    private int slots(PractitionerId... practitioners) {
        return reader.client().json(slotsOf(practitioners)).path("total").asInt();
    }

    private String slotsOf(PractitionerId... practitioners) {
        return HubClient.slotsOf(
                now, Stream.of(practitioners).map(PractitionerId::value).toArray(String[]::new));
    }

    private static double reads(String from) {
        return reader.bean(MeterRegistry.class)
                .get("hub.search.reads")
                .tag("from", from)
                .counter()
                .count();
    }

    private static double answering() {
        return reader.bean(MeterRegistry.class)
                .get("hub.search.replica.answering")
                .gauge()
                .value();
    }

    private static String readiness() {
        return status("/actuator/health/readiness", "/components/index/status");
    }

    private static String health() {
        return status("/actuator/health", "/components/replica/status");
    }

    private static String status(String path, String component) {
        HttpResponse<String> response = reader.client().as("test-ops").get(path);
        try {
            return new ObjectMapper().readTree(response.body()).at(component).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
