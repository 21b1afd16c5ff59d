package fr.sas.hub.explain;

import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A slot that was booked before any answer brought it: it never was in the index, and that is no fault of anybody. */
@HubTest
@Import(MovableClock.Wound.class)
class BookedUnseenTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Instant TEN = EIGHT.plus(Duration.ofHours(2));

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("rdv-a", alice.value());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private HubClient ops;
    private HubClient vendorsOwn;

    @BeforeEach
    void a_vendor_that_was_asked_once_and_offered_nothing() {
        clock.moveTo(EIGHT);
        ops = HubClient.at(port).as("test-ops");
        vendorsOwn = HubClient.at(port).as("test-vendor-rdv-a");
        vendor.offers();
        vendor.joins(connectors);
        await().until(() -> deliveries().size() == 1);
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/rdv-a").statusCode() == 404);
        vendor.close();
    }

    @Test
    void it_is_explained_as_booked_now_and_of_the_past_and_in_its_delivery() {
        AnAppointment booked = AnAppointment.with(alice.value(), TEN);
        assertThat(vendorsOwn.post("/fhir/Appointment", booked.toString()).statusCode())
                .isEqualTo(201);

        answersLater(EIGHT.plusSeconds(10));

        assertThat(fates(null)).containsExactly("a BOOKED", "b SHOWN");
        JsonNode delivery = ops.json("/api/v1/connectors/rdv-a/deliveries/"
                + deliveries().get(0).path("id").asText());
        assertThat(delivery.path("entries").findValuesAsText("fate")).containsExactlyInAnyOrder("BOOKED", "SHOWN");

        clock.moveTo(EIGHT.plusSeconds(30));
        HubClient.json(vendorsOwn.put(
                "/fhir/Appointment?identifier=" + AnAppointment.SYSTEM + "%7C" + booked.identifier(),
                booked.status("cancelled").toString()));
        answersLater(EIGHT.plusSeconds(60));
        assertThat(fates(null)).as("cancelled, and told again").containsExactly("a SHOWN", "b SHOWN");
        assertThat(fates(EIGHT.plusSeconds(20))).containsExactly("a BOOKED", "b SHOWN");
    }

    private void answersLater(Instant at) {
        int before = deliveries().size();
        vendor.offers(aVendorSlot().id("a").from(TEN), aVendorSlot().id("b").from(TEN.plus(Duration.ofMinutes(30))));
        clock.moveTo(at);
        await().until(() -> deliveries().size() > before);
        await().until(() -> fates(null).contains("b SHOWN"));
        await().until(() -> !deliveries().get(0).path("index").isNull());
    }

    private JsonNode deliveries() {
        return ops.json("/api/v1/connectors/rdv-a/deliveries?practitioner=" + alice)
                .path("deliveries");
    }

    private List<String> fates(@Nullable Instant asOf) {
        JsonNode explained = ops.json("/api/v1/explain?practitioner=" + alice + "&from=" + EIGHT + "&to="
                + EIGHT.plus(Duration.ofDays(1)) + (asOf == null ? "" : "&asOf=" + asOf));
        return StreamSupport.stream(explained.path("slots").spliterator(), false)
                .map(slot -> slot.path("reference").asText() + " "
                        + slot.path("fate").asText())
                .toList();
    }
}
