package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.KafkaHub;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What changes in answers goes to a topic of a real Kafka, by subject. */
@HubTest
@KafkaHub
@ResourceLock(TestKafka.LOCK) // away at times
class ChangesTopicTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(40_000);
    private static final int STEPS = 30;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.practitioner(NUMBER.incrementAndGet());

    @LocalServerPort
    int port;

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

    @Autowired
    DataSource pool;

    @Autowired
    ChangesTables tables;

    @Autowired
    TopicTable table;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    MeterRegistry meters;

    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();
    private final List<KafkaConsumer<String, String>> consumers = new ArrayList<>();
    private KafkaConsumer<String, String> alone;

    @BeforeEach
    void vendors_and_a_consumer() {
        LiveVendors.areIn(connectors, vendors);
        alone = opened(null);
        await().until(() -> jdbc.queryForObject("SELECT position FROM changes_topic", String.class) != null);
    }

    @AfterEach
    void consumers_leave() {
        consumers.forEach(KafkaConsumer::close);
    }

    @Test
    void a_change_is_a_record_of_its_subject_in_the_form_of_a_page_of_changes() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice)
                .slot(in(1))
                .slot(in(2))
                .batch());
        ConsumerRecord<String, String> first = awaitRecord(1);
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(1), alice)
                .slot(in(2))
                .batch());
        ConsumerRecord<String, String> second = awaitRecord(2);

        assertThat(first.key()).isEqualTo(alice.value());
        assertThat(TopicConsumer.bundle(first).path("type").asText()).isEqualTo("history");
        assertThat(told(first)).filteredOn(one -> one.startsWith("PUT Slot/")).hasSize(2);
        assertThat(told(second))
                .filteredOn(one -> one.startsWith("DELETE Slot/"))
                .hasSize(1);
        assertThat(told(second)).as("all there is, not only what is new").contains(stays(first, second));
        assertThat(TopicConsumer.number(second, ChangesTopic.POSITION))
                .isGreaterThan(TopicConsumer.number(first, ChangesTopic.POSITION));
        assertThat(second.partition()).isEqualTo(first.partition());
    }

    @Test
    void while_the_broker_is_away_the_hub_goes_on_and_says_so_and_nothing_is_lost_or_reordered() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        awaitRecord(1);

        TestKafka.goesAway();
        try {
            for (int i = 2; i < 6; i++) {
                index.replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(i), alice)
                        .slot(in(i))
                        .batch());
            }
            await().until(() -> status("/actuator/health", "kafka").equals("WARN"));
            assertThat(status("/actuator/health/readiness", "index")).isEqualTo("UP");
            assertThat(search(alice).path("total").asInt()).isEqualTo(1);
            jdbc.update("UPDATE changes_head SET wanted_at = NULL");
            await("changes are written meanwhile")
                    .until(() -> jdbc.queryForObject("SELECT wanted_at IS NOT NULL FROM changes_head", Boolean.class));
        } finally {
            TestKafka.comesBack();
        }

        await().until(() -> status("/actuator/health", "kafka").equals("UP"));
        holdWhatSearchesAnswer(List.of(alice), 0);
        assertThat(ofAlice().stream().map(one -> TopicConsumer.number(one, ChangesTopic.POSITION)))
                .isSorted();
    }

    @Test
    void what_it_cannot_make_sense_of_does_not_end_the_publication() {
        String before = jdbc.queryForObject("SELECT position FROM changes_topic", String.class);

        jdbc.update("UPDATE changes_topic SET position = 'nonsense'");
        try {
            index.replace(
                    ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
            await().until(() -> behind() > 0);
        } finally {
            jdbc.update("UPDATE changes_topic SET position = ?", before);
        }

        awaitRecord(1);
        await().until(() -> behind() == 0);
    }

    @ParameterizedTest
    @CsvSource({"changes_topic, hub.changes.topic.behind", "changes_head, hub.changes.behind"})
    void what_cannot_be_read_is_not_told_as_nothing(String table, String gauge) {
        jdbc.execute("ALTER TABLE " + table + " RENAME TO unreadable");
        try {
            await().until(() -> Double.isNaN(value(gauge)));
        } finally {
            jdbc.execute("ALTER TABLE unreadable RENAME TO " + table);
        }

        await().until(() -> value(gauge) >= 0);
    }

    private double behind() {
        return value("hub.changes.topic.behind");
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }

    /** Whoever published was killed between the broker's confirmation and its own note of it. */
    @Test
    void what_is_published_twice_is_known_by_its_position() {
        String before = jdbc.queryForObject("SELECT position FROM changes_topic", String.class);
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        awaitRecord(1);

        await().until(() ->
                jdbc.update("UPDATE changes_topic SET position = ? WHERE position <> ?", before, before) == 1);
        awaitRecord(2);

        TopicConsumer consumer = new TopicConsumer();
        ofAlice().forEach(consumer::take);
        assertThat(consumer.dropped()).isEqualTo(1);
        assertThat(consumer.shows(alice.value(), now))
                .isEqualTo(searched(alice))
                .isNotEmpty();
    }

    @Test
    void when_the_next_position_is_no_longer_known_everything_is_published_again_and_replaces_what_was() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        ConsumerRecord<String, String> first = awaitRecord(1);

        jdbc.update("UPDATE changes_topic SET position = '99999999999999999'");
        ConsumerRecord<String, String> again = awaitRecord(2);

        assertThat(TopicConsumer.number(again, ChangesTopic.BEGUN))
                .isGreaterThan(TopicConsumer.number(first, ChangesTopic.BEGUN));
        holdWhatSearchesAnswer(List.of(alice), 0);
    }

    @Test
    void a_topic_that_begins_when_changes_have_long_been_followed_contains_everything() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        awaitRecord(1);
        jdbc.update(
                "UPDATE changes_subject SET at = at - interval '1 hour' WHERE position <= (SELECT position FROM changes_subject WHERE subject = ?)",
                alice.value());

        jdbc.update("UPDATE changes_topic SET position = NULL, begun = NULL");

        awaitRecord(2);
    }

    @Test
    void after_the_database_was_started_again_or_replaced_everything_is_published_again() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        ConsumerRecord<String, String> first = awaitRecord(1);

        jdbc.update("UPDATE changes_topic SET server_run = 'another'");
        ConsumerRecord<String, String> again = awaitRecord(2);

        long begun = TopicConsumer.number(again, ChangesTopic.BEGUN);
        assertThat(begun).isGreaterThan(TopicConsumer.number(first, ChangesTopic.BEGUN));
        await("told in each partition that nothing is missing").untilAsserted(() -> {
            readMore();
            assertThat(completed(begun)).containsExactlyInAnyOrder(0, 1, 2);
        });
    }

    @Test
    void a_publication_that_begins_again_and_again_is_told_by_how_often_and_since_when_until_it_is_complete() {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        awaitRecord(1);

        assertThat(begunHourAgo(() -> table.status())).satisfies(status -> {
            assertThat(status.beginnings()).isEqualTo(3);
            assertThat(status.behind()).isGreaterThan(Duration.ofMinutes(50));
        });
        assertThat(begunHourAgo(() -> {
                    table.moveTo(Position.of(tables.head().position()), now, Set.of());
                    jdbc.update(
                            "UPDATE changes_topic SET position = '0', server_run = NULL"); // as the last release begins
                    return table.status();
                }))
                .satisfies(status -> {
                    assertThat(status.beginnings()).isZero();
                    assertThat(status.behind()).isLessThan(Duration.ofMinutes(50));
                });
        assertThat(begunHourAgo(() -> {
                    table.moveTo(Position.of(tables.head().position()), now, Set.of());
                    table.beginAgain(now);
                    return table.status();
                }))
                .satisfies(status -> {
                    assertThat(status.beginnings()).isEqualTo(1);
                    assertThat(status.behind()).isLessThan(Duration.ofMinutes(50));
                });
    }

    /** And twice again since; nothing of it stays. */
    private TopicTable.TopicStatus begunHourAgo(Supplier<TopicTable.TopicStatus> then) {
        return Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> {
            status.setRollbackOnly();
            jdbc.queryForList("SELECT FROM changes_topic FOR UPDATE");
            jdbc.update("UPDATE changes_subject SET at = at - interval '2 hours'");
            table.beginAgain(now.minus(Duration.ofHours(1)));
            table.moveTo(new Position(1, 0, 2, 2), now.minus(Duration.ofHours(1)), Set.of());
            table.beginAgain(now.minusSeconds(60));
            table.beginAgain(now);
            return then.get();
        }));
    }

    /** Brokers were away for so long that the hub has forgotten who disappeared meanwhile. */
    @Test
    void whoever_disappeared_is_taken_back_when_everything_is_published_again() throws SQLException {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)).batch());
        awaitRecord(1);
        try (Connection connection = pool.getConnection();
                Statement nobodyPublishes = connection.createStatement()) {
            connection.setAutoCommit(false);
            nobodyPublishes.execute("SELECT FROM changes_topic FOR UPDATE");
            index.replace(
                    ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(1), alice).batch());
            await().until(() -> jdbc.queryForObject(
                    "SELECT contents IS NULL FROM changes_subject WHERE subject = ?", Boolean.class, alice.value()));
            tables.forgetBefore(now.plus(Duration.ofDays(1)));
            connection.commit();
            connection.setAutoCommit(true);
        }

        ConsumerRecord<String, String> last = awaitRecord(2);

        assertThat(told(last)).isEmpty();
        holdWhatSearchesAnswer(List.of(alice), 0);
    }

    private List<Integer> completed(long begun) {
        return read.stream()
                .filter(one -> one.headers().lastHeader(ChangesTopic.COMPLETE) != null
                        && TopicConsumer.number(one, ChangesTopic.BEGUN) == begun)
                .map(ConsumerRecord::partition)
                .distinct()
                .toList();
    }

    /** Vendors say this and that, practitioners refuse, whoever publishes or writes is killed, consumers of a group come and go. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whoever_reads_holds_what_searches_answer_from_wherever_it_began_and_however_partitions_are_shared(int seed) {
        Random dice = new Random(seed);
        List<PractitionerId> people = IntStream.range(0, 4)
                .mapToObj(i -> Batches.practitioner(41_000 + 10 * seed + i))
                .toList();
        String group = "platform-" + seed;
        TopicConsumer shared = new TopicConsumer();
        List<KafkaConsumer<String, String>> members = new ArrayList<>(List.of(opened(group)));
        List<String> history = new ArrayList<>();
        Set<PractitionerId> refusing = new HashSet<>();
        int middle = 0;

        for (int step = 0; step < STEPS; step++) {
            history.add(step(people, refusing, dice));
            KafkaConsumer<String, String> member = members.get(dice.nextInt(members.size()));
            TestKafka.some(member).forEach(shared::take);
            if (dice.nextInt(3) > 0) {
                member.commitSync();
            }
            if (step == STEPS / 3) {
                members.add(opened(group));
                readMore();
                middle = read.size();
            } else if (step == 2 * STEPS / 3) {
                KafkaConsumer<String, String> leaves = members.removeFirst();
                consumers.remove(leaves);
                leaves.close();
            }
        }
        people.forEach(one -> index.replace(ScreenedBatchBuilder.by(LUNE, now.plusSeconds(3), one)
                .slot(in(5))
                .batch()));

        holdWhatSearchesAnswer(people, 0);
        holdWhatSearchesAnswer(people, middle);
        await().untilAsserted(() -> {
            members.forEach(member -> TestKafka.some(member).forEach(shared::take));
            people.forEach(one -> assertThat(shared.shows(one.value(), now))
                    .as("%s after %s", one, history)
                    .isEqualTo(searched(one)));
        });
        inOrderBySubject();
    }

    private String step(List<PractitionerId> people, Set<PractitionerId> refusing, Random dice) {
        int what = dice.nextInt(100);
        PractitionerId one = people.get(dice.nextInt(people.size()));
        if (what < 65) {
            ScreenedBatchBuilder saying =
                    ScreenedBatchBuilder.by(dice.nextBoolean() ? SOLEIL : LUNE, Instant.now(), one);
            IntStream.range(1, 4).filter(i -> dice.nextBoolean()).forEach(i -> saying.slot(in(i)));
            index.replace(saying.batch());
            return saying.toString();
        } else if (what < 80) {
            boolean refuses = refusing.add(one) || !refusing.remove(one);
            events.publishEvent(new ParticipationChanged(one, hiding(!refuses), hiding(refuses)));
            return one + (refuses ? " refuses" : " does not refuse");
        } else if (what < 90) {
            jdbc.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%changes_topic%' AND pid <> pg_backend_pid()",
                    rs -> {});
            return "publisher cut off";
        }
        jdbc.update("UPDATE changes_head SET lease_until = clock_timestamp() - interval '1 s', writer = 'killed'");
        return "writer killed";
    }

    /** Apart from what is published twice after a kill: the first time something is told, it is told in order. */
    private void inOrderBySubject() {
        Map<String, List<Long>> positions = new HashMap<>();
        read.forEach(one -> {
            List<Long> known = positions.computeIfAbsent(one.key(), subject -> new ArrayList<>());
            long position = TopicConsumer.number(one, ChangesTopic.POSITION);
            if (!known.contains(position)) {
                known.add(position);
            }
        });
        assertThat(positions.values())
                .isNotEmpty()
                .allSatisfy(known -> assertThat(known).isSorted());
    }

    private void holdWhatSearchesAnswer(List<PractitionerId> people, int from) {
        await().untilAsserted(() -> {
            readMore();
            TopicConsumer consumer = new TopicConsumer();
            read.subList(from, read.size()).forEach(consumer::take);
            people.forEach(one -> assertThat(consumer.shows(one.value(), now))
                    .as("%s from record %d on", one, from)
                    .isEqualTo(searched(one)));
        });
    }

    private ConsumerRecord<String, String> awaitRecord(int which) {
        await().until(() -> {
            readMore();
            return ofAlice().size() >= which;
        });
        return ofAlice().get(which - 1);
    }

    private void readMore() {
        read.addAll(TestKafka.some(alone));
    }

    private List<ConsumerRecord<String, String>> ofAlice() {
        return read.stream().filter(one -> one.key().equals(alice.value())).toList();
    }

    private KafkaConsumer<String, String> opened(@org.jspecify.annotations.Nullable String group) {
        KafkaConsumer<String, String> consumer = TestKafka.consumer(group);
        consumers.add(consumer);
        return consumer;
    }

    private static String stays(ConsumerRecord<String, String> first, ConsumerRecord<String, String> second) {
        String gone = told(second).stream()
                .filter(one -> one.startsWith("DELETE Slot/"))
                .map(one -> one.substring("DELETE ".length()))
                .findFirst()
                .orElseThrow();
        return told(first).stream()
                .filter(one -> one.startsWith("PUT Slot/") && !one.endsWith(gone))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> told(ConsumerRecord<String, String> found) {
        return FollowingConsumer.told(TopicConsumer.bundle(found));
    }

    private static Settings hiding(boolean hidden) {
        return Settings.builder().vendorSlotsHidden(hidden).build();
    }

    private Map<String, String> searched(PractitionerId one) {
        return FollowingConsumer.shown(search(one), one.value(), now);
    }

    private JsonNode search(PractitionerId one) {
        return HubClient.at(port).json(HubClient.slotsOf(now, one.value()));
    }

    private String status(String path, String component) {
        return HubClient.json(HubClient.at(port).as("test-ops").get(path))
                .at("/components/" + component + "/status")
                .asText();
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
