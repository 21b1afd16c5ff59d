package fr.sas.hub.recheck;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.vendor.GhostSuspicions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Slots that are shown and gone: asked about one by one by the platform, and sampled by the hub. */
@HubTest
class GhostsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("fantome-" + NUMBER.incrementAndGet(), alice.value());
    private final Source source = new Source(vendor.id);
    private final Instant start = Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    Ghosts ghosts;

    @Autowired
    GhostSamples samples;

    @Autowired
    GhostSuspicions ghostSuspicions;

    @Autowired
    VendorInquiries inquiries;

    @Autowired
    MeterRegistry meters;

    private HubClient search;
    private HubClient ops;

    @BeforeEach
    void a_vendor_with_a_slot() {
        search = HubClient.at(port);
        ops = search.as("test-ops");
        offersSlotNumber(0);
        Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice.value())
                .poll("every: 1h")
                .poll("idleEvery: 1h")
                .poll("maxRequestsPerSecond: 1000")
                .dropInto(connectors);
        await().until(() -> slots().size() == 1);
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + vendor.id).statusCode() == 404);
        vendor.close();
    }

    @Test
    void a_slot_that_is_still_there_is_free_and_the_vendor_was_asked() {
        laterThanBelieved();
        int before = vendor.questions();

        JsonNode answer = revalidate(id());

        assertThat(status(answer)).isEqualTo("free");
        assertThat(answer.toString()).contains("checkedAt", vendor.id);
        assertThat(vendor.questions()).isEqualTo(before + 1);
        assertThat(status(revalidate(id()))).as("a moment later").isEqualTo("free");
        assertThat(vendor.questions()).as("not asked again").isEqualTo(before + 1);
    }

    @Test
    void a_slot_that_was_taken_meanwhile_is_gone_and_no_longer_found() {
        laterThanBelieved();
        String id = id();
        vendor.offers();

        assertThat(status(revalidate(id))).isEqualTo("gone");
        assertThat(slots()).isEmpty();
        assertThat(status(revalidate(id))).isEqualTo("gone");
    }

    @Test
    void nobody_knows_when_the_vendor_fails_or_takes_longer_than_a_second() {
        laterThanBelieved();
        String id = id();
        vendor.answers(okJson(vendor.body()).withFixedDelay(3_000));

        assertThat(status(revalidate(id))).isEqualTo("unknown");
        vendor.answers(serverError());
        await().untilAsserted(() -> assertThat(status(revalidate(id))).isEqualTo("unknown"));
        assertThat(slots()).hasSize(1);
    }

    @Test
    void many_who_ask_the_same_are_one_question_to_the_vendor() {
        laterThanBelieved();
        String id = id();
        vendor.answers(okJson(vendor.body()).withFixedDelay(300));
        int before = vendor.questions();

        List<CompletableFuture<String>> all = IntStream.range(0, 8)
                .mapToObj(i -> Beside.supply(() -> status(revalidate(id))))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join))
                .as("on a busy machine a second may pass")
                .isSubsetOf("free", "unknown")
                .contains("free");
        assertThat(vendor.questions()).isEqualTo(before + 1);
    }

    @Test
    void the_operation_is_for_the_platform_and_the_capability_statement_names_it() {
        assertThat(search.json("/fhir/metadata").toString()).contains("revalidate");
        assertThat(post(search.as("test-vendor-agenda-soleil"), id()).statusCode())
                .isEqualTo(403);
        assertThat(post(search, "nobody-knows").statusCode()).isEqualTo(404);
        assertThat(post(search, alice + "-nothing").statusCode()).isEqualTo(200);
    }

    @Test
    void a_vendor_whose_slots_are_often_gone_is_doubted_and_trusted_again_by_itself() {
        for (int i = 1; i <= 10; i++) {
            assertThat(inquiries.ask(source, alice)).isPresent();
            offersSlotNumber(i);
            ghosts.sample(source);
        }

        JsonNode found = ops.json("/api/v1/connectors/" + vendor.id).path("ghosts");
        assertThat(found.path("sampled").asInt()).isEqualTo(10);
        assertThat(found.path("ratio").asDouble()).isEqualTo(1.0);
        assertThat(found.hasNonNull("since")).isTrue();
        await().until(() -> fate().equals("SHOWN_UNVERIFIED"));
        assertThat(slots().getFirst().path("meta").toString()).contains("unverified");
        ghosts.publish();
        assertThat(figure("hub.vendor.ghost.ratio")).hasValue(1.0);
        assertThat(figure("hub.vendor.doubted")).hasValue(1.0);

        for (int i = 0; i < 95; i++) {
            ghosts.sample(source);
        }
        assertThat(ops.json("/api/v1/connectors/" + vendor.id)
                        .at("/ghosts/ratio")
                        .asDouble())
                .isLessThan(0.1);
        await().until(() -> fate().equals("SHOWN"));
        assertThat(slots().getFirst().path("meta").toString()).doesNotContain("unverified");
        ghosts.publish();
        assertThat(figure("hub.vendor.ghost.ratio").orElseThrow()).isLessThan(0.1);
        assertThat(figure("hub.vendor.doubted")).hasValue(0.0);
    }

    @Test
    void of_a_vendor_that_is_paused_no_doubts_are_told() {
        ghostSuspicions.found(source, 10, 0.5, true, Duration.ofHours(1));
        await().untilAsserted(() -> {
            ghosts.publish();
            assertThat(figure("hub.vendor.doubted")).hasValue(1.0);
        });

        ops.post("/api/v1/connectors/" + vendor.id + "/pause", "{\"reason\": \"it sleeps\"}");

        await().untilAsserted(() -> {
            ghosts.publish();
            assertThat(figure("hub.vendor.doubted")).isEmpty();
            assertThat(figure("hub.vendor.ghost.ratio")).isEmpty();
        });
    }

    @Test
    void nodes_take_turns() {
        assertThat(samples.takeTurn(source, Duration.ofMinutes(1))).isTrue();
        assertThat(samples.takeTurn(source, Duration.ofMinutes(1))).isFalse();
    }

    private OptionalDouble figure(String name) {
        return meters.find(name).tag("vendor", vendor.id).gauges().stream()
                .mapToDouble(Gauge::value)
                .findFirst();
    }

    private void offersSlotNumber(int number) {
        vendor.offers(aVendorSlot().id("s" + number).from(start.plus(Duration.ofMinutes(15L * number))));
    }

    /** The vendor's latest answer is too old to be believed without asking. */
    private void laterThanBelieved() {
        Instant confirmed =
                Instant.parse(ops.json(explain()).at("/sources/0/confirmedAt").asText());
        await().until(() -> Instant.now().isAfter(confirmed.plusSeconds(2)));
    }

    private String explain() {
        return "/api/v1/explain?practitioner=" + alice + "&from=" + start.minusSeconds(60) + "&to="
                + start.plus(Duration.ofDays(1));
    }

    private String fate() {
        return StreamSupport.stream(ops.json(explain()).path("slots").spliterator(), false)
                .filter(slot -> slot.path("shown").asBoolean())
                .map(slot -> slot.path("fate").asText())
                .findFirst()
                .orElse("");
    }

    private List<JsonNode> slots() {
        JsonNode answer = search.json(HubClient.slotsOf(Instant.now(), alice.value()));
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .toList();
    }

    private String id() {
        return slots().getFirst().path("id").asText();
    }

    private JsonNode revalidate(String id) {
        return HubClient.json(post(search, id));
    }

    private static HttpResponse<String> post(HubClient as, String id) {
        return as.send(as.request("/fhir/Slot/" + id + "/$revalidate").POST(BodyPublishers.noBody()));
    }

    private static String status(JsonNode parameters) {
        return parameters.at("/parameter/0/valueCode").asText();
    }
}
