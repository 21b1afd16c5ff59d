package fr.sas.hub.recheck;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A slot is asked about that stood on a screen longer than its vendor's word is believed: failure is not absence. */
@HubTest
@Import(MovableClock.Wound.class)
class RevalidationTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Duration TOO_OLD_TO_BE_SHOWN = Duration.ofMinutes(21);

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("revient-" + NUMBER.incrementAndGet(), alice.value());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private HubClient search;
    private HubClient ops;
    private String id = "";

    @BeforeEach
    void a_slot_is_on_a_screen_while_its_vendors_word_passes() {
        clock.moveTo(EIGHT);
        search = HubClient.at(port);
        ops = search.as("test-ops");
        vendor.offers(aVendorSlot().id("a").from(EIGHT.plus(Duration.ofHours(3))));
        Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice.value())
                .poll("every: 1h")
                .poll("idleEvery: 1h")
                .dropInto(connectors);
        await().until(() -> found().path("total").asInt() == 1);
        id = found().at("/entry/0/resource/id").asText();
        clock.moveTo(EIGHT.plus(TOO_OLD_TO_BE_SHOWN));
        assertThat(found().path("total").asInt()).isZero();
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + vendor.id).statusCode() == 404);
        vendor.close();
    }

    @Test
    void nobody_knows_while_its_vendor_fails() {
        vendor.answers(serverError());
        int before = vendor.questions();

        assertThat(revalidated()).isEqualTo("unknown");
        assertThat(vendor.questions()).as("it was asked").isEqualTo(before + 1);
    }

    @Test
    void nobody_knows_while_its_vendor_is_paused() {
        HubClient.json(ops.post("/api/v1/connectors/" + vendor.id + "/pause", "{\"reason\": \"maintenance\"}"));

        await().until(() -> state().equals("PAUSED"));
        assertThat(revalidated()).isEqualTo("unknown");
    }

    @Test
    void it_is_free_and_found_again_when_its_vendor_says_so() {
        assertThat(revalidated()).isEqualTo("free");
        assertThat(found().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void it_is_gone_when_its_vendor_answers_without_it_and_stays_so_when_that_is_long_ago() {
        vendor.offers();
        assertThat(revalidated()).isEqualTo("gone");

        vendor.answers(serverError());
        clock.moveTo(EIGHT.plus(TOO_OLD_TO_BE_SHOWN.multipliedBy(2)));
        int before = vendor.questions();
        assertThat(revalidated()).isEqualTo("gone");
        assertThat(vendor.questions()).as("nobody is asked").isEqualTo(before);
    }

    @Test
    void an_answer_that_comes_too_late_for_the_click_counts_for_the_next() {
        vendor.answers(okJson(vendor.body()).withFixedDelay(1_500));

        assertThat(revalidated()).isEqualTo("unknown");
        await().until(() -> revalidated().equals("free"));
    }

    private String revalidated() {
        return HubClient.json(search.send(
                        search.request("/fhir/Slot/" + id + "/$revalidate").POST(BodyPublishers.noBody())))
                .at("/parameter/0/valueCode")
                .asText();
    }

    private String state() {
        return ops.json("/api/v1/connectors/" + vendor.id).path("state").asText();
    }

    private JsonNode found() {
        return search.json(HubClient.slotsOf(clock.instant(), alice.value()));
    }
}
