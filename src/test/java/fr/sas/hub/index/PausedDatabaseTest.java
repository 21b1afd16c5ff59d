package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that stands still (SIGSTOP) takes requests and answers none: nobody waits for it, and it goes on where it was. */
class PausedDatabaseTest {

    /** Whoever would wait for the database waits longer: it goes on after the request only. */
    private static final Duration AS_GOOD_AS_FOREVER = Duration.ofSeconds(20);

    private static final Settings REFUSING =
            Settings.builder().vendorSlotsHidden(true).build();

    @TempDir
    static Path connectors;

    private static StoppableDatabase database;
    private static Node node;
    private static HubClient hub;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @BeforeAll
    static void a_node_on_a_database_of_its_own() {
        database = new StoppableDatabase();
        node = Node.on(database.address(), connectors)
                .with("hub.index.memory-outlasts=25s")
                .start();
        LiveVendors.areIn(connectors, node.bean(Vendors.class));
        hub = node.client();
    }

    @AfterAll
    static void both_end() {
        node.close();
        database.close();
    }

    @BeforeEach
    void alice_is_held_in_memory() {
        await().atMost(Duration.ofSeconds(60)).until(() -> indexHealth().equals("UP"));
        replace(ScreenedBatchBuilder.by(SOLEIL, now.minusSeconds(30), alice).slot(now.plus(1, ChronoUnit.HOURS)));
        replace(ScreenedBatchBuilder.by(Source.AGENDA, now, alice)
                .slot("there", now.plus(2, ChronoUnit.HOURS), 15, "typed", false));
        assertThat(hub.json(slotsOf(alice)).path("total").asInt()).isEqualTo(2);
        database.stop();
    }

    @AfterEach
    void the_database_goes_on() {
        database.goOn();
    }

    @Test
    void what_is_held_in_memory_is_answered_and_tells_of_when_it_is() {
        Instant stopped = Instant.now();

        JsonNode answer = await().until(
                        () -> json(promptly(slotsOf(alice))),
                        one -> one.toString().contains("database does not answer"));

        assertThat(answer.path("total").asInt()).isEqualTo(2);
        assertThat(lastSyncs(answer))
                .hasSize(2)
                .contains(now.minusSeconds(30))
                .allSatisfy(sync -> assertThat(sync).isBeforeOrEqualTo(stopped));
        assertThat(indexHealth()).as("others may go on sending requests here").isEqualTo("WARN");
    }

    /** Also before it is known that the database is silent. */
    @Test
    void probes_are_answered_as_by_a_node_that_serves_from_the_first_moment_on() {
        do {
            assertThat(promptly("/actuator/health/liveness").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = promptly("/actuator/health/readiness");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        } while (!node.bean(DatabasePulse.class).isSilent());
        assertThat(promptly("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    /** Whoever watches the hub as a whole must not take a database that stands still for a hub that does. */
    @Test
    void health_as_a_whole_says_that_the_database_does_not_answer_instead_of_waiting_for_it() {
        do {
            assertThat(wholeHealth().at("/components/db/details/reason").asText())
                    .as("not the pool's words")
                    .containsAnyOf("within two seconds", "does not answer");
        } while (!node.bean(DatabasePulse.class).isSilent());
        assertThat(wholeHealth().at("/components/db/details/reason").asText()).contains("does not answer");
    }

    private static JsonNode wholeHealth() {
        HubClient ops = hub.as("test-ops");
        HttpResponse<String> health = ops.send(ops.request("/actuator/health").timeout(AS_GOOD_AS_FOREVER));
        assertThat(health.statusCode()).as(health.body()).isEqualTo(503);
        return json(health);
    }

    @Test
    void what_is_not_held_is_refused_at_once_and_found_when_the_database_goes_on() {
        PractitionerId stranger = Batches.newPractitioner();

        HttpResponse<String> refused = promptly(slotsOf(stranger));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(refused).at("/issue/0/code").asText()).isEqualTo("transient");
        assertThat(refused.body())
                .as("nothing was asked for that could be carried out")
                .doesNotContain("carried out");
        assertThat(promptly("/fhir/PractitionerRole?participation=true").statusCode())
                .isEqualTo(503);
        assertThat(promptly("/fhir/$bulk-publish/1/75/Slot.ndjson").statusCode())
                .isEqualTo(503);
        database.goOn();
        await().until(() -> hub.get(slotsOf(stranger)).statusCode() == 200);
    }

    @Test
    void however_many_ask_for_what_is_not_held_what_is_held_is_answered() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> strangers = IntStream.range(0, 150)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> promptly(slotsOf(Batches.practitioner(700_000 + i)))
                                    .statusCode(),
                            callers))
                    .toList();

            assertThat(json(promptly(slotsOf(alice))).path("total").asInt()).isEqualTo(2);
            assertThat(strangers)
                    .allSatisfy(stranger -> assertThat(stranger.join()).isIn(503, 429));
        }
    }

    @Test
    void a_refusal_is_told_that_it_failed_and_counts_when_it_is_made_again() {
        database.goOn();
        hub.knows(alice.value());
        await().until(() -> hub.get(slotsOf(alice)).statusCode() == 200);
        database.stop();

        HttpResponse<String> failed = refuse();

        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(503);
        assertThat(failed.headers().firstValue("Retry-After")).isPresent();
        assertThat(failed.body()).contains("database does not answer", "most likely not carried out");
        database.goOn();
        await().until(() -> refuse().statusCode() == 200);
        await().until(() -> agendaOnly(hub.json(slotsOf(alice))));
    }

    /** The server has taken the commit and stands still; its client gives up. When it goes on it does what it was told. */
    @Test
    void a_refusal_that_was_committed_after_whoever_made_it_was_told_otherwise_is_obeyed() throws Exception {
        database.goOn();
        await().until(() -> indexHealth().equals("UP"));
        assertThat(hub.json(slotsOf(alice)).path("total").asInt()).isEqualTo(2);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<Throwable> committing = new CompletableFuture<>();
        Thread refusal = Thread.ofVirtual().start(() -> {
            try {
                new TransactionTemplate(node.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                    node.context().publishEvent(new ParticipationChanged(alice, Settings.DEFAULT, REFUSING));
                    written.countDown();
                    join(stopped);
                });
                committing.complete(new AssertionError("committed"));
            } catch (Throwable e) {
                committing.complete(e);
            }
        });
        await().until(() -> written.getCount() == 0 || committing.isDone());
        assertThat(committing).isNotDone();
        database.stop();
        stopped.countDown();
        await().until(() -> List.of(refusal.getStackTrace()).toString().contains("Commit"));

        refusal.interrupt();
        assertThat(committing.join()).isNotInstanceOf(AssertionError.class);
        database.goOn();

        await().until(() -> hub.get(slotsOf(alice)).statusCode() == 200 && agendaOnly(hub.json(slotsOf(alice))));
    }

    @Test
    void a_node_that_has_heard_nobody_for_too_long_shows_nothing_any_more_until_it_hears_again() {
        await().atMost(Duration.ofSeconds(90)).until(() -> indexHealth().equals("DOWN"));

        assertThat(promptly(slotsOf(alice)).statusCode()).isEqualTo(503);
        database.goOn();
        await().until(() -> hub.get(slotsOf(alice)).statusCode() == 200);
    }

    private HttpResponse<String> refuse() {
        HubClient portal = hub.as("test-portal");
        return portal.send(portal.request("/api/v1/practitioners/" + alice + "/settings")
                .timeout(AS_GOOD_AS_FOREVER)
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"vendorSlotsHidden\": true}")));
    }

    private static boolean agendaOnly(JsonNode answer) {
        return answer.path("total").asInt() == 1;
    }

    private static void replace(ScreenedBatchBuilder saying) {
        node.bean(AvailabilityIndex.class).replace(saying.batch());
    }

    private String slotsOf(PractitionerId practitioner) {
        return HubClient.slotsOf(now, practitioner.value());
    }

    private static HttpResponse<String> promptly(String path) {
        return hub.send(hub.request(path).timeout(AS_GOOD_AS_FOREVER));
    }

    private static String indexHealth() {
        return json(promptly("/actuator/health/readiness"))
                .at("/components/index/status")
                .asText();
    }

    private static List<Instant> lastSyncs(JsonNode answer) {
        return answer.findValuesAsText("valueDateTime").stream()
                .map(text -> java.time.OffsetDateTime.parse(text).toInstant())
                .toList();
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
