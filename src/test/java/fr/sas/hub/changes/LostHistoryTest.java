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
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database loses what it had committed, and what happens then is more than what it lost: whoever was told what is lost learns
 * of it, and whoever was not goes on.
 */
@UsesKafka
class LostHistoryTest {

    private static final String TOPIC = "lost-history";

    @TempDir
    Path connectors;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId lost = Batches.newPractitioner();

    @BeforeAll
    static void a_topic_of_its_own() {
        TestKafka.addTopic(TOPIC, Map.of());
    }

    @Test
    void a_standby_takes_over_that_had_not_received_everything() {
        try (StoppableDatabase primary = new StoppableDatabase();
                Node node = withKafka(primary.address());
                Standby standby = primary.standby();
                KafkaConsumer<String, String> topic = TestKafka.consumer(TOPIC, null)) {
            TopicConsumer reader = new TopicConsumer();
            FollowingConsumer early = begins(node);
            String last = String.valueOf(node.bean(Changes.class).last());
            patiently()
                    .until(() ->
                            standby.execute("SELECT position FROM changes_head").equals(last));
            standby.stop();
            FollowingConsumer late = isTold(node, early);
            patiently().untilAsserted(() -> {
                TestKafka.some(topic).forEach(reader::take);
                assertThat(reader.shows(lost.value(), now)).isNotEmpty();
            });
            node.close();
            primary.close();

            standby.start();
            standby.promote();

            try (Node after = withKafka(standby.address())) {
                goesOn(after, early, late);
                patiently().untilAsserted(() -> {
                    TestKafka.some(topic).forEach(reader::take);
                    assertThat(reader.shows(lost.value(), now)).isEmpty();
                    assertThat(reader.shows(alice.value(), now)).isEqualTo(searched(after, alice));
                });
            }
        }
    }

    @Test
    void its_files_are_replaced_by_a_copy() {
        try (StoppableDatabase origin = new StoppableDatabase();
                Standby server = origin.standby()) {
            server.promote();
            FollowingConsumer early;
            FollowingConsumer onItsWay;
            try (Node node = Node.on(server.address(), connectors).start()) {
                early = begins(node);
                onItsWay = readsOneOfTwo(node, early);
            }
            server.stop();
            Path copy = server.copy();
            server.start();
            FollowingConsumer late;
            try (Node node = Node.on(server.address(), connectors).start()) {
                late = isTold(node, early);
            }
            server.stop();

            server.putBack(copy);
            server.start();

            try (Node after = Node.on(server.address(), connectors).start()) {
                goesOn(after, early, late);
                assertThat(onItsWay.restarted(after.client()).get().statusCode())
                        .isEqualTo(410);
            }
        }
    }

    private Node withKafka(String database) {
        return Node.on(database, connectors)
                .with(
                        "hub.news=kafka",
                        "hub.kafka.brokers=" + TestKafka.address(),
                        "hub.kafka.patience=3s",
                        "hub.kafka.changes-topic=" + TOPIC,
                        "spring.datasource.hikari.maximum-pool-size=12")
                .start();
    }

    private FollowingConsumer begins(Node node) {
        LiveVendors.areIn(connectors, node.bean(Vendors.class));
        FollowingConsumer early = FollowingConsumer.withNothing(node.client());
        say(node, ScreenedBatchBuilder.by(SOLEIL, now, alice).slot(in(1)));
        awaitHeld(early, node, alice);
        return early;
    }

    /** Whatever changes again of the other before the next page is skipped, and told later. */
    private FollowingConsumer readsOneOfTwo(Node node, FollowingConsumer early) {
        say(
                node,
                ScreenedBatchBuilder.by(SOLEIL, now, Batches.newPractitioner(), Batches.newPractitioner())
                        .slot(in(1)));
        patiently().until(() -> node.bean(Changes.class).last() >= Long.parseLong(early.position()) + 2);
        FollowingConsumer paging = early.restarted(node.client()).pagesOf(1);
        paging.step();
        assertThat(paging.position()).as("on its way").contains("-");
        return paging;
    }

    /** What the database is going to lose. */
    private FollowingConsumer isTold(Node node, FollowingConsumer early) {
        patiently().until(() -> node.bean(Vendors.class).find(SOLEIL).isPresent());
        FollowingConsumer late = early.restarted(node.client());
        say(node, ScreenedBatchBuilder.by(SOLEIL, now, lost).slot(in(1)));
        say(
                node,
                ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(1), alice)
                        .slot(in(1))
                        .slot(in(2)));
        awaitHeld(late, node, lost);
        awaitHeld(late, node, alice);
        return late;
    }

    private void goesOn(Node node, FollowingConsumer early, FollowingConsumer late) {
        patiently().until(() -> node.bean(Vendors.class).find(SOLEIL).isPresent());
        PractitionerId[] others =
                IntStream.range(0, 20).mapToObj(i -> Batches.newPractitioner()).toArray(PractitionerId[]::new);
        say(node, ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(2), others).slot(in(1)));
        patiently().until(() -> node.bean(Changes.class).last() > Long.parseLong(late.position()));

        assertThat(late.restarted(node.client()).get().statusCode()).isEqualTo(410);
        FollowingConsumer same = early.restarted(node.client());
        awaitHeld(same, node, others[0]);
        awaitHeld(same, node, alice);
        assertThat(same.shows(lost.value(), now)).isEmpty();
    }

    /** Servers start and take over meanwhile. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static void say(Node node, ScreenedBatchBuilder saying) {
        node.bean(AvailabilityIndex.class).replace(saying.batch());
    }

    private void awaitHeld(FollowingConsumer consumer, Node node, PractitionerId one) {
        patiently().untilAsserted(() -> {
            consumer.catchUp();
            assertThat(consumer.shows(one.value(), now))
                    .isEqualTo(searched(node, one))
                    .isNotEmpty();
        });
    }

    private Map<String, String> searched(Node node, PractitionerId one) {
        JsonNode answer = node.client().json(HubClient.slotsOf(now, one.value()));
        return FollowingConsumer.shown(answer, one.value(), now);
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
