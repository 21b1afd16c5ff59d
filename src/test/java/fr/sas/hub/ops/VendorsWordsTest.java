package fr.sas.hub.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anOutcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.StubbedVendor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A vendor that fails may name a patient in its excuse: whoever searches is told that it failed, and not in its words. */
@HubTest
class VendorsWordsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String NAMED = "Martinet";

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("bavard-" + NUMBER.incrementAndGet(), alice.value());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    private HubClient search;
    private HubClient ops;

    @BeforeEach
    void a_slot_is_shown() {
        search = HubClient.at(port);
        ops = search.as("test-ops");
        vendor.offers(aVendorSlot().from(Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES)));
        Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice.value())
                .poll("every: 1h")
                .poll("idleEvery: 1h")
                .dropInto(connectors);
        await().until(() -> found().path("total").asInt() == 1);
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get(address("")).statusCode() == 404);
        vendor.close();
    }

    static Stream<Arguments> excuses() {
        String excuse = "No agenda for the patient " + NAMED;
        return Stream.of(
                Arguments.of("HTTP 500", aResponse().withStatus(500).withBody(excuse)),
                Arguments.of(
                        "HTTP 422",
                        aResponse()
                                .withStatus(422)
                                .withBody(
                                        anOutcome("error", "processing", excuse).toString())),
                Arguments.of("not JSON", okJson(NAMED + " has no agenda")),
                Arguments.of(
                        "not a Bundle",
                        okJson(anOutcome("error", "processing", excuse).toString())),
                Arguments.of(
                        "reports an error (timeout)",
                        okJson(aBundle()
                                .with(anOutcome("error", "timeout", excuse))
                                .toJson())));
    }

    @ParameterizedTest
    @CapturesOutput
    @MethodSource("excuses")
    void what_a_vendor_says_when_it_fails_stays_with_the_delivery(
            String told, ResponseDefinitionBuilder answer, CapturedOutput output) {
        vendor.answers(answer);
        HubClient.json(ops.post(address("/ask-now"), "{\"reason\": \"the test says so\"}"));
        await().until(() -> deliveries().size() == 2);

        await().until(() -> outcome().contains(told));
        assertThat(found().toString()).doesNotContain(NAMED);
        assertThat(meters.getMeters().stream().map(meter -> meter.getId().toString()))
                .anyMatch(id -> id.contains(vendor.id))
                .noneMatch(id -> id.contains(NAMED));
        assertThat(ops.get("/actuator/health").body()).doesNotContain(NAMED);
        assertThat(output.getAll()).doesNotContain(NAMED);

        String delivery = deliveries().get(0).path("id").asText();
        assertThat(ops.json(address("/deliveries/" + delivery)).path("body").toString())
                .contains(NAMED);
    }

    /** What the OperationOutcome of an answer says. */
    private String outcome() {
        return StreamSupport.stream(found().path("entry").spliterator(), false)
                .filter(entry -> entry.at("/search/mode").asText().equals("outcome"))
                .map(entry -> entry.path("resource").toString())
                .findFirst()
                .orElse("");
    }

    private JsonNode deliveries() {
        return ops.json(address("/deliveries")).path("deliveries");
    }

    private JsonNode found() {
        return search.json(HubClient.slotsOf(Instant.now(), alice.value()));
    }

    private String address(String path) {
        return "/api/v1/connectors/" + vendor.id + path;
    }
}
