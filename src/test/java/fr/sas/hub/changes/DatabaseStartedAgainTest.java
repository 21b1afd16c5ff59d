package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.Standby;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.testing.UsesKafka;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's server is started again and has lost nothing: whoever reads from then on reads to the end, page by page. */
@UsesKafka
class DatabaseStartedAgainTest {

    private static final String TOPIC = "started-again";

    @TempDir
    static Path connectors;

    private static StoppableDatabase origin;
    private static Standby server;
    private static Node node;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeAll
    static void a_hub_on_a_server_that_can_be_started_again() {
        TestKafka.addTopic(TOPIC, Map.of());
        origin = new StoppableDatabase();
        server = origin.standby();
        server.promote();
        node = Node.on(server.address(), connectors)
                .with(
                        "hub.news=kafka",
                        "hub.kafka.brokers=" + TestKafka.address(),
                        "hub.kafka.patience=3s",
                        "hub.kafka.changes-topic=" + TOPIC,
                        "hub.index.listen-again-every=1s",
                        "spring.datasource.hikari.maximum-pool-size=12")
                .start();
    }

    @AfterAll
    static void all_end() {
        Stream.of(node, server, origin).forEach(DatabaseStartedAgainTest::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void a_vendor() {
        LiveVendors.areIn(connectors, node.bean(Vendors.class));
    }

    @Test
    void who_begins_with_nothing_reads_everything_page_by_page_and_follows() {
        PractitionerId[] people = offered(6, 1);
        startAgain();
        FollowingConsumer consumer = fromNothing().pagesOf(4);

        PractitionerId later = offered(1, 1)[0];

        holds(consumer, people);
        holds(consumer, later);
    }

    @Test
    void who_begins_before_anything_has_changed_since_goes_on_after_it_has() {
        PractitionerId[] people = offered(6, 1);
        startAgain();
        FollowingConsumer consumer = fromNothing().pagesOf(4);
        consumer.step();
        assertThat(consumer.position()).as("on its way").contains("-");

        PractitionerId later = offered(1, 1)[0];
        held(fromNothing(), later);

        holds(consumer, people);
        holds(consumer, later);
    }

    @Test
    void who_was_up_to_date_once_and_missed_much_catches_up_page_by_page() {
        PractitionerId known = offered(1, 1)[0];
        FollowingConsumer consumer = fromNothing();
        held(consumer, known);
        PractitionerId[] missed = offered(6, 1);
        held(fromNothing(), missed);
        say(1, 2, known);

        startAgain();
        PractitionerId later = offered(1, 1)[0];
        held(fromNothing(), later);

        FollowingConsumer paging = consumer.restarted(node.client()).pagesOf(4);
        paging.step();
        assertThat(paging.position()).as("on its way").contains("-");
        holds(paging, missed);
        holds(paging, known, later);
    }

    @Test
    void who_was_on_the_way_when_it_was_started_again_starts_over_once() {
        PractitionerId[] people = offered(6, 1);
        held(fromNothing(), people);
        FollowingConsumer consumer = fromNothing().pagesOf(4);
        consumer.step();

        startAgain();

        assertThat(consumer.get().statusCode()).isEqualTo(410);
        holds(fromNothing().pagesOf(4), people);
    }

    /** More than is published at once. */
    @Test
    void the_topic_is_published_again_once_and_to_the_end() {
        PractitionerId[] people = offered(30, 80);
        held(fromNothing(), people);
        try (KafkaConsumer<String, String> topic = TestKafka.consumer(TOPIC, null)) {
            awaitCompletion(topic, new HashSet<>());

            Instant before = Instant.now();
            startAgain();
            PractitionerId later = offered(1, 1)[0];

            Set<Long> publications = new HashSet<>();
            long completed = awaitCompletion(topic, publications);
            while (completed < before.toEpochMilli()) {
                completed = awaitCompletion(topic, publications);
            }
            assertThat(publications.stream().filter(one -> one >= before.toEpochMilli()))
                    .containsExactly(completed);
            TopicConsumer reader = new TopicConsumer();
            try (KafkaConsumer<String, String> alone = TestKafka.consumer(TOPIC, null)) {
                patiently().untilAsserted(() -> {
                    TestKafka.some(alone).forEach(reader::take);
                    assertThat(reader.shows(later.value(), now))
                            .isEqualTo(searched(later))
                            .isNotEmpty();
                    assertThat(reader.shows(people[0].value(), now)).isEqualTo(searched(people[0]));
                });
            }
        }
    }

    /** @return since when positions count in the publication that is complete */
    private long awaitCompletion(KafkaConsumer<String, String> topic, Set<Long> publications) {
        Set<Long> completed = new HashSet<>();
        patiently().until(() -> {
            for (ConsumerRecord<String, String> one : TestKafka.some(topic)) {
                publications.add(TopicConsumer.number(one, ChangesTopic.BEGUN));
                if (one.headers().lastHeader(ChangesTopic.COMPLETE) != null) {
                    completed.add(TopicConsumer.number(one, ChangesTopic.BEGUN));
                }
            }
            return !completed.isEmpty();
        });
        return completed.stream().max(Long::compare).orElseThrow();
    }

    private static void startAgain() {
        String before = server.execute("SELECT pg_postmaster_start_time()");
        server.stop();
        server.start();
        assertThat(server.execute("SELECT pg_postmaster_start_time()")).isNotEqualTo(before);
        patiently().until(() -> node.client().get("/fhir/Slot/$changes?since=0").statusCode() == 200);
    }

    private FollowingConsumer fromNothing() {
        return FollowingConsumer.withNothing(node.client());
    }

    private PractitionerId[] offered(int people, int slots) {
        PractitionerId[] all =
                Stream.generate(Batches::newPractitioner).limit(people).toArray(PractitionerId[]::new);
        say(0, slots, all);
        return all;
    }

    private void say(int millisLater, int slots, PractitionerId... people) {
        ScreenedBatchBuilder saying = ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(millisLater), people);
        for (int i = 1; i <= slots; i++) {
            saying.slot(now.plus(Duration.ofMinutes(20L * i + 60)));
        }
        patiently().ignoreExceptions().until(() -> {
            node.bean(AvailabilityIndex.class).replace(saying.batch());
            return true;
        });
    }

    private void held(FollowingConsumer consumer, PractitionerId... people) {
        patiently().untilAsserted(() -> {
            consumer.catchUp();
            for (PractitionerId one : people) {
                assertThat(consumer.shows(one.value(), now))
                        .isEqualTo(searched(one))
                        .isNotEmpty();
            }
        });
    }

    /** Without starting over. */
    private void holds(FollowingConsumer consumer, PractitionerId... people) {
        patiently().untilAsserted(() -> {
            while (hasMore(consumer)) {
                // until nothing is left
            }
            for (PractitionerId one : people) {
                assertThat(consumer.shows(one.value(), now))
                        .isEqualTo(searched(one))
                        .isNotEmpty();
            }
        });
    }

    private static boolean hasMore(FollowingConsumer consumer) {
        if (consumer.get().statusCode() == 410) {
            throw new IllegalStateException("starts over at " + consumer.position());
        }
        return consumer.step();
    }

    /** The server starts, and the hub finds it again. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private Map<String, String> searched(PractitionerId one) {
        JsonNode answer = node.client().json(HubClient.slotsOf(now, one.value()));
        return FollowingConsumer.shown(answer, one.value(), now);
    }
}
