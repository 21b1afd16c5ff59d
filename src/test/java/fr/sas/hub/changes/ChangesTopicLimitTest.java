package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.KafkaHub;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** A topic that accepts small records only. */
@HubTest
@KafkaHub
@TestPropertySource(properties = "hub.kafka.changes-topic=" + ChangesTopicLimitTest.TOPIC)
class ChangesTopicLimitTest {

    static final String TOPIC = "small-changes";
    /** One slot takes less, a hundred take more, compressed. */
    private static final int MOST_BYTES = 3_000;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId large = Batches.newPractitioner();
    private final PractitionerId small = Batches.newPractitioner();
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    @BeforeAll
    static void a_topic_of_its_own() {
        TestKafka.addTopic(TOPIC, Map.of("max.message.bytes", String.valueOf(MOST_BYTES)));
    }

    @Test
    void a_subject_with_too_many_slots_is_told_of_without_them_and_nobody_waits_for_it() {
        LiveVendors.areIn(connectors, vendors);
        try (KafkaConsumer<String, String> consumer = TestKafka.consumer(TOPIC, null)) {
            ScreenedBatchBuilder many = ScreenedBatchBuilder.by(SOLEIL, now, large);
            IntStream.range(1, 200).forEach(i -> many.slot(now.plus(Duration.ofMinutes(15L * i))));
            index.replace(many.batch());
            index.replace(
                    ScreenedBatchBuilder.by(SOLEIL, now, small).slot(in(1)).batch());

            ConsumerRecord<String, String> instead = awaitLast(consumer, large);
            assertThat(TopicConsumer.bundle(awaitLast(consumer, small)).path("entry"))
                    .isNotEmpty();
            assertThat(TopicConsumer.bundle(instead).path("entry")).isEmpty();
            assertThat(TopicConsumer.number(instead, ChangesTopic.TOO_LARGE)).isGreaterThan(MOST_BYTES);
            await().until(() -> status("changesTopic").equals("WARN") && oversized() == 1);
            assertThat(status("kafka")).isEqualTo("UP");

            jdbc.update("UPDATE changes_topic SET server_run = NULL");
            long again = TopicConsumer.number(awaitAnother(consumer, large, instead), ChangesTopic.BEGUN);
            assertThat(TopicConsumer.bundle(awaitLast(consumer, large)).path("entry"))
                    .isEmpty();
            assertThat(of(small).stream().filter(one -> TopicConsumer.number(one, ChangesTopic.BEGUN) == again))
                    .as("the others of its page, once")
                    .hasSize(1);

            TestKafka.set(TOPIC, "max.message.bytes", "1000000");
            await("published again as the runbook says")
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> jdbc.update("UPDATE changes_topic SET server_run = NULL") == 1
                            && status("changesTopic").equals("UP")
                            && oversized() == 0);
            assertThat(TopicConsumer.bundle(awaitLast(consumer, large)).path("entry"))
                    .isNotEmpty();
        }
    }

    private ConsumerRecord<String, String> awaitLast(KafkaConsumer<String, String> consumer, PractitionerId one) {
        await().until(() -> {
            read.addAll(TestKafka.some(consumer));
            return read.stream().anyMatch(found -> found.key().equals(one.value()));
        });
        List<ConsumerRecord<String, String>> more = TestKafka.some(consumer);
        while (!more.isEmpty()) {
            read.addAll(more);
            more = TestKafka.some(consumer);
        }
        return of(one).getLast();
    }

    private ConsumerRecord<String, String> awaitAnother(
            KafkaConsumer<String, String> consumer, PractitionerId one, ConsumerRecord<String, String> before) {
        return await().until(() -> awaitLast(consumer, one), found -> found.offset() > before.offset());
    }

    private List<ConsumerRecord<String, String>> of(PractitionerId one) {
        return read.stream().filter(found -> found.key().equals(one.value())).toList();
    }

    private double oversized() {
        return meters.get("hub.changes.topic.oversized").gauge().value();
    }

    private String status(String component) {
        return HubClient.json(HubClient.at(port).as("test-ops").get("/actuator/health"))
                .at("/components/" + component + "/status")
                .asText();
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
