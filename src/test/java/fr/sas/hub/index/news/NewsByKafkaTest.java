package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.kafka.KafkaLine;
import fr.sas.hub.kafka.KafkaRecord;
import fr.sas.hub.kafka.KafkaTopic;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.KafkaHub;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes on one node is answered by another that has the old answer in memory: by Kafka, and without it all the same. */
@HubTest
@KafkaHub
@ResourceLock(TestKafka.LOCK) // away at times
class NewsByKafkaTest extends NodesOnOneDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger(9_000);

    private static @Nullable Node secondNode;

    private final PractitionerId alice = Batches.practitioner(NUMBER.incrementAndGet());

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource pool;

    @Autowired
    KafkaLine kafka;

    @Autowired
    NewsRelay relay;

    private HubClient other;

    @BeforeEach
    void another_node_on_the_same_database() {
        if (secondNode == null) {
            secondNode =
                    hearingByKafka().with("hub.index.listen-again-every=1s").start();
        }
        Node node = secondNode;
        await().until(() -> node.bean(Vendors.class).find(SOLEIL).isPresent());
        await("by Kafka").until(() -> figure("hub.index.news.relayed") == 1);
        other = node.client();
    }

    private Node.Setup hearingByKafka() {
        return Node.on(database, connectors)
                .with(
                        "hub.news=kafka",
                        "hub.kafka.brokers=" + TestKafka.address(),
                        "hub.kafka.patience=3s",
                        "spring.datasource.hikari.maximum-pool-size=12");
    }

    @AfterAll
    static void one_node_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
    }

    @Test
    void a_refusal_recorded_by_one_empties_the_answers_of_the_other() {
        isShownBy(alice, other);

        refuses(alice, events);

        soon().until(() -> slotsSeenBy(other, alice) == 0);
    }

    @Test
    void news_of_very_many_arrive_and_so_do_those_of_a_transaction_that_began_long_ago() throws SQLException {
        PractitionerId[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> Batches.practitioner(92_000 + i))
                .toArray(PractitionerId[]::new);
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, many).slot(in(1)).batch());
        isShownBy(alice, other);
        assertThat(slotsSeenBy(other, many[0])).isEqualTo(1);
        try (Connection slow = pool.getConnection()) {
            slow.setAutoCommit(false);
            try (var statement = slow.createStatement()) {
                statement.execute("INSERT INTO index_news (message) VALUES ('else@0 changed - " + alice + "')");
                statement.execute("DELETE FROM index_slot WHERE subject = '" + alice + "'");
                statement.execute("UPDATE index_version SET version = version + 1 WHERE subject = '" + alice + "'");
            }
            index.replace(
                    ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(1), many).batch());
            soon().until(() -> slotsSeenBy(other, many[0]) == 0 && slotsSeenBy(other, many[999]) == 0);
            assertThat(slotsSeenBy(other, alice)).isEqualTo(1);
            slow.commit();
            slow.setAutoCommit(true);
        }

        soon().until(() -> slotsSeenBy(other, alice) == 0);
    }

    @Test
    void while_the_broker_is_away_news_are_read_from_the_database_and_afterwards_they_come_by_kafka_again() {
        isShownBy(alice, other);
        PractitionerId bruno = Batches.practitioner(NUMBER.incrementAndGet());

        TestKafka.goesAway();
        try {
            await().until(() -> figure("hub.index.news.relayed") == 0);
            refuses(alice, events);
            soon().until(() -> slotsSeenBy(other, alice) == 0);
            assertThat(readinessOf(other)).isEqualTo("UP");
            isShownBy(bruno, other);
        } finally {
            TestKafka.comesBack();
        }

        await().until(() -> figure("hub.index.news.relayed") == 1);
        refuses(bruno, events);
        soon().until(() -> slotsSeenBy(other, bruno) == 0);
    }

    /** They would make a node believe that it has seen everything, and that a relay is at work. */
    @Test
    void news_of_another_database_are_ignored() throws SQLException {
        isShownBy(alice, other);
        NewsBatch strange = new NewsBatch(
                "1@1",
                NewsSnapshot.parse("3:3:"),
                NewsSnapshot.parse("900000000000:900000000000:"),
                now.plusSeconds(60),
                List.of());
        try (Connection silencer = connectionOfItsOwn();
                var statement = silencer.createStatement()) {
            await().until(() -> {
                cutOffTheRelay();
                try (var taken =
                        statement.executeQuery("SELECT pg_try_advisory_lock(hashtext('relay of index_news'))")) {
                    return taken.next() && taken.getBoolean(1);
                }
            });
            await().until(() -> figure("hub.index.news.relayed") == 0);

            kafka.send(KafkaTopic.NEWS, List.of(new KafkaRecord("news", strange.write(), Map.of())));
            refuses(alice, events);

            soon().until(() -> slotsSeenBy(other, alice) == 0);
            assertThat(figure("hub.index.news.relayed")).isZero();
        }
    }

    @Test
    void whoever_relays_is_cut_off_and_another_goes_on() {
        isShownBy(alice, other);

        cutOffTheRelay();
        refuses(alice, events);

        soon().until(() -> slotsSeenBy(other, alice) == 0);
        await().until(() -> figure("hub.index.news.relayed") == 1);
    }

    @Test
    void news_are_in_time_however_wrong_the_clock_of_whoever_relays_them_is() {
        List<NewsRelay> others =
                List.of(relay, Objects.requireNonNull(secondNode).bean(NewsRelay.class));
        try (Node late = hearingByKafka().with(ClockOneMinuteBehind.class).start()) {
            others.forEach(NewsRelay::stop);
            late.bean(NewsRelay.class).stop();
            await().until(() -> figure("hub.index.news.relayed") == 0);

            late.bean(NewsRelay.class).start();

            await().until(() -> figure("hub.index.news.relayed") == 1);
        } finally {
            others.forEach(NewsRelay::start);
        }
    }

    @TestConfiguration
    static class ClockOneMinuteBehind {

        @Bean
        @Primary
        Clock clockOneMinuteBehind() {
            return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
        }
    }

    /** By its lock, as a node that listens at the database. */
    @Test
    void beside_a_node_with_another_setting_all_say_so_and_believe_the_database_instead_of_their_memory()
            throws SQLException {
        isShownBy(alice, other);
        try (Connection stranger = connectionOfItsOwn();
                var statement = stranger.createStatement()) {
            statement.execute("SELECT pg_advisory_lock_shared(780078, 0)");
            await().until(() -> readinessOf(other).equals("WARN"));
            statement.execute("DELETE FROM index_slot WHERE subject = '" + alice + "'");
            statement.execute("UPDATE index_version SET version = version + 1 WHERE subject = '" + alice + "'");
            await().until(() -> slotsSeenBy(other, alice) == 0);
        }

        await().until(() -> readinessOf(other).equals("UP"));
    }

    /** It listens at the database, holds no lock that says so, and knows nothing of Kafka. */
    @Test
    void beside_a_node_of_a_release_without_kafka_all_say_so_and_it_is_told_everything() throws SQLException {
        isShownBy(alice, other);
        try (Connection old = connectionOfItsOwn();
                var statement = old.createStatement()) {
            statement.execute("LISTEN hub_index");
            await().until(() -> readinessOf(other).equals("WARN"));
            statement.execute("LISTEN hub_index");
            assertThat(notified(old)).as("of what it may have missed").anyMatch(told -> told.contains(" everything "));

            refuses(alice, Objects.requireNonNull(secondNode).context());

            await().until(() -> notified(old).stream().anyMatch(told -> told.endsWith(alice.value())));
        }

        await().until(() -> readinessOf(other).equals("UP"));
    }

    /** Nobody looks for nodes of a release without Kafka all the time. */
    @Test
    void what_is_told_at_the_database_is_heard_however_long_ago_a_node_joined() {
        await().until(() -> jdbc.queryForObject(
                "SELECT count(*) > 0 AND bool_and(backend_start < now() - interval '3 s') FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND query LIKE '/* hub node */%'",
                Boolean.class));
        PractitionerId[] remembered = {alice};
        await("in memory, which nodes that come and go may empty").until(() -> {
            PractitionerId one = Batches.newPractitioner();
            remembered[0] = one;
            isShownBy(one, other);
            jdbc.update("DELETE FROM index_slot WHERE subject = ?", one.value());
            jdbc.update("UPDATE index_version SET version = version + 1 WHERE subject = ?", one.value());
            return slotsSeenBy(other, one) == 1;
        });

        jdbc.query("SELECT pg_notify('hub_index', 'old@0 changed - ' || ?)", rs -> {}, remembered[0].value());

        soon().until(() -> slotsSeenBy(other, remembered[0]) == 0);
    }

    private static List<String> notified(Connection listening) throws SQLException {
        return Stream.of(listening.unwrap(PGConnection.class).getNotifications())
                .map(PGNotification::getParameter)
                .toList();
    }

    private void cutOffTheRelay() {
        jdbc.query(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                rs -> {});
    }

    private double figure(String name) {
        return Objects.requireNonNull(secondNode)
                .bean(MeterRegistry.class)
                .get(name)
                .gauge()
                .value();
    }
}
