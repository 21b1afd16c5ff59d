package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.HubApplication;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.SilentRelay;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes on one node is answered by another that has the old answer in memory. */
@HubTest
class TwoNodesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(8000);

    private static @Nullable ConfigurableApplicationContext secondNode;
    private static @Nullable SilentRelay relay;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.practitioner(NUMBER.incrementAndGet());

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient other;

    @BeforeEach
    void another_node_on_the_same_database() {
        LiveVendors.areIn(connectors, vendors);
        if (secondNode == null) {
            relay = new SilentRelay(database, "LISTEN hub_index");
            secondNode = new SpringApplicationBuilder(HubApplication.class)
                    .profiles("test")
                    .run(
                            "--server.port=0",
                            "--spring.datasource.url=" + relay.address(),
                            "--hub.index.listen-again-every=500ms",
                            "--spring.datasource.username=postgres",
                            "--hub.connectors=" + connectors);
        }
        ConfigurableApplicationContext node = secondNode;
        await().until(() -> node.getBean(Vendors.class).find(SOLEIL).isPresent());
        await().until(() -> listeners() == 2);
        other = HubClient.at(
                Objects.requireNonNull(node.getEnvironment().getProperty("local.server.port", Integer.class)));
    }

    @AfterAll
    static void one_node_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    @Test
    void a_delivery_written_by_one_is_answered_by_the_other() {
        index.replace(saying(now).slot(in(1)).batch());
        assertThat(slotsSeenByTheOther()).isEqualTo(1);

        index.replace(saying(now.plusMillis(1)).slot(in(1)).slot(in(2)).batch());
        soon().until(() -> slotsSeenByTheOther() == 2);
    }

    @Test
    void a_refusal_recorded_by_one_empties_the_answers_of_the_other() {
        index.replace(saying(now).slot(in(1)).batch());
        assertThat(slotsSeenByTheOther()).isEqualTo(1);

        events.publishEvent(new ParticipationChanged(
                alice,
                Settings.DEFAULT,
                new Settings(true, false, null, null, Set.of(), null, Set.of(), false, false)));
        soon().until(() -> slotsSeenByTheOther() == 0);
    }

    @Test
    void settings_changed_at_one_are_searched_by_and_read_at_the_other() {
        index.replace(saying(now).slot(in(1)).batch());
        String participants = HubClient.slotsOf(now, alice.value()) + "&participation=true";
        assertThat(other.json(participants).path("total").asInt()).isZero();

        HubClient.at(port).knows(alice.value());
        HubClient.json(HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + alice + "/settings", """
                        {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
                         "declaresTwoHours": true}"""));
        soon().until(() ->
                other.json(participants).findValuesAsText("valueCode").contains("practice"));
    }

    @Test
    void a_confirmation_heard_by_one_is_the_last_sync_at_the_other() {
        index.replace(saying(now.minusSeconds(120)).slot(in(1)).batch());
        String before = lastSyncAtTheOther();

        index.replace(saying(now).slot(in(1)).batch());
        soon().until(() -> !lastSyncAtTheOther().equals(before));
    }

    @Test
    void news_of_very_many_arrive_in_several_messages() {
        PractitionerId[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> Batches.practitioner(90_000 + i))
                .toArray(PractitionerId[]::new);
        Saying first = Saying.by(SOLEIL, now, many).slot(in(1));
        index.replace(first.batch());
        assertThat(slotsSeenByTheOther(many[0], many[999])).isEqualTo(2);

        index.replace(Saying.by(SOLEIL, now.plusMillis(1), many).batch());
        soon().until(() -> slotsSeenByTheOther(many[0], many[999]) == 0);
    }

    @Test
    void a_change_that_happens_while_a_node_is_deaf_is_answered_when_it_hears_again() {
        index.replace(saying(now).slot(in(1)).batch());
        assertThat(slotsSeenByTheOther()).isEqualTo(1);

        jdbc.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                rs -> {});
        index.replace(saying(now.plusMillis(1)).batch());

        await().until(() -> slotsSeenByTheOther() == 0);
        await().until(() -> listeners() == 2);
    }

    /** Nobody closes the connection: no error tells the node that it has become deaf. */
    @Test
    void a_node_whose_connection_for_news_is_dead_but_open_says_so_and_believes_the_database_instead_of_its_memory() {
        SilentRelay line = Objects.requireNonNull(relay);
        index.replace(saying(now).slot(in(1)).batch());
        assertThat(slotsSeenByTheOther()).isEqualTo(1);
        assertThat(readinessOfTheOther()).isEqualTo("UP");

        line.fallSilent();
        try {
            index.replace(saying(now.plusMillis(1)).batch());
            await().until(() -> readinessOfTheOther().equals("WARN"));
            await("what it holds counts no more").until(() -> slotsSeenByTheOther() == 0);
        } finally {
            line.speakAgain();
        }

        await().until(() -> readinessOfTheOther().equals("UP"));
        await().until(() -> slotsSeenByTheOther() == 0);
        index.replace(saying(now.plusMillis(2)).slot(in(3)).batch());
        soon().until(() -> slotsSeenByTheOther() == 1);
    }

    private String readinessOfTheOther() {
        return other.json("/actuator/health/readiness")
                .at("/components/index/status")
                .asText();
    }

    /** Nothing but news takes an answer out of the other node's memory: without them it would never happen. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private long listeners() {
        return jdbc.queryForObject(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                Long.class);
    }

    private Saying saying(Instant at) {
        return Saying.by(SOLEIL, at, alice);
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }

    private int slotsSeenByTheOther() {
        return slotsSeenByTheOther(alice);
    }

    private int slotsSeenByTheOther(PractitionerId... practitioners) {
        String[] values =
                Arrays.stream(practitioners).map(PractitionerId::value).toArray(String[]::new);
        return other.json(HubClient.slotsOf(now, values)).path("total").asInt();
    }

    private String lastSyncAtTheOther() {
        return other.json(HubClient.slotsOf(now, alice.value()))
                .findValuesAsText("valueDateTime")
                .getFirst();
    }
}
