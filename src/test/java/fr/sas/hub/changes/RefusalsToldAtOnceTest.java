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
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/** One thing leads to the next, from the form of a refusal to whoever follows changes: on this node nothing is done periodically. */
class RefusalsToldAtOnceTest {

    @TempDir
    static Path connectors;

    private static StoppableDatabase database;
    private static Node node;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private HubClient hub;
    private final HttpClient http = HttpClient.newHttpClient();
    private String position = "";

    /** Nothing that is {@code @Scheduled} runs. */
    @TestConfiguration
    public static class NothingPeriodic {
        @Bean
        static BeanDefinitionRegistryPostProcessor nothingIsScheduled() {
            return (BeanDefinitionRegistry registry) ->
                    registry.removeBeanDefinition(TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME);
        }
    }

    @BeforeAll
    static void a_node_that_looks_for_nothing() {
        database = new StoppableDatabase();
        node = Node.on(database.address(), connectors)
                .with(NothingPeriodic.class)
                .start();
        LiveVendors.areIn(connectors, node.bean(Vendors.class));
    }

    @AfterAll
    static void all_end() {
        node.close();
        database.close();
    }

    @BeforeEach
    void the_consumer_knows_of_a_slot_of_alice() {
        hub = node.client();
        hub.knows(alice.value());
        node.bean(AvailabilityIndex.class)
                .replace(ScreenedBatchBuilder.by(SOLEIL, now, alice)
                        .slot(now.plus(1, ChronoUnit.HOURS))
                        .batch());
        FollowingConsumer consumer = FollowingConsumer.withNothing(hub);
        await().untilAsserted(() -> {
            consumer.catchUp();
            assertThat(consumer.shows(alice.value(), now)).isNotEmpty();
        });
        position = consumer.position();
    }

    @AfterEach
    void nobody_follows_any_more() {
        http.shutdownNow();
    }

    @Test
    void a_refusal_is_told_to_whoever_waits_for_changes() {
        CompletableFuture<Void> told = Beside.run(this::pollUntilTold);
        await().until(() -> isFollowed());

        refuses();

        await().until(told::isDone);
        told.join();
    }

    @Test
    void a_refusal_is_told_to_whoever_reads_their_stream() throws Exception {
        HttpResponse<Stream<String>> stream = http.send(
                hub.request("/fhir/Slot/$changes?since=" + position)
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> stream.body().forEach(lines::add));
        await().until(() -> isFollowed());

        refuses();

        await().until(() -> lines.stream()
                .anyMatch(line ->
                        line.startsWith("data: {") && line.contains("\"DELETE\"") && line.contains("Slot/" + alice)));
    }

    /** Each wait is longer than anything the test awaits. */
    private void pollUntilTold() {
        String at = position;
        JsonNode page = hub.json("/fhir/Slot/$changes?wait=50&since=" + at);
        while (FollowingConsumer.told(page).stream().noneMatch(entry -> entry.startsWith("DELETE Slot/" + alice))) {
            at = page.at("/link/1/url").asText().replaceAll(".*since=([0-9-]+).*", "$1");
            page = hub.json("/fhir/Slot/$changes?wait=50&since=" + at);
        }
    }

    private boolean isFollowed() {
        return node.bean(MeterRegistry.class).get("hub.changes.waiting").gauge().value() > 0;
    }

    private void refuses() {
        HubClient.json(hub.as("test-portal")
                .put("/api/v1/practitioners/" + alice + "/settings", "{\"vendorSlotsHidden\": true}"));
    }
}
