package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.testing.Delivered;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a vendor is told of its faults: counted, in a sentence, with path and excerpt. */
@HubTest
class RejectionsTest {

    private static final String ALICE = "899900000031";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    Intake intake;

    @Autowired
    ProfileChecks profiles;

    @LocalServerPort
    int port;

    @Test
    void faults_are_counted_per_code_and_the_vendor_reads_its_own_only() {
        for (int i = 0; i < 3; i++) {
            intake.read(delivery("agenda-soleil", "busy", false));
        }

        HubClient vendor = HubClient.at(port).as("test-vendor-agenda-soleil");
        JsonNode report = vendor.json("/api/v1/connectors/agenda-soleil/rejections");
        JsonNode counted = StreamSupport.stream(report.path("counts").spliterator(), false)
                .filter(count -> count.path("code").asText().equals("NOT_FREE"))
                .findFirst()
                .orElseThrow();
        assertThat(counted.path("count").asInt()).isEqualTo(3);
        assertThat(counted.path("path").asText()).isEqualTo("Bundle.entry[0].resource.status");
        assertThat(counted.path("sentence").asText()).contains("busy");
        assertThat(counted.path("phrase").asText()).contains("busy", "créneau");
        assertThat(counted.path("excerpt").asText()).contains("\"status\":\"busy\"");
        assertThat(report.path("latest")).hasSizeGreaterThanOrEqualTo(3);

        assertThat(vendor.get("/api/v1/connectors/rdv-lune/rejections").statusCode())
                .isEqualTo(403);
    }

    @Test
    void every_delivery_of_a_vendor_on_trial_is_held_against_the_profiles_and_shows_nothing() {
        SlotBatch batch = intake.read(delivery("sur-essai", "free", true));

        assertThat(batch.asked()).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> codes("sur-essai").contains("PROFILE"));
    }

    @Test
    void now_and_then_a_delivery_of_a_live_vendor_is_held_against_the_profiles() {
        intake.read(delivery("vivant", "free", false));
        profiles.checkSample();

        assertThat(codes("vivant")).contains("PROFILE");
    }

    private java.util.List<String> codes(String vendor) {
        var answer = HubClient.at(port).as("test-ops").get("/api/v1/connectors/" + vendor + "/rejections");
        return answer.statusCode() == 200
                ? HubClient.json(answer).path("counts").findValuesAsText("code")
                : java.util.List.of();
    }

    /** Its PractitionerRole has no location, which intake tolerates and the profiles do not. */
    private Delivery delivery(String vendor, String status, boolean trial) {
        Delivery made = Delivered.by(
                vendor,
                Flow.INDIVIDUAL,
                now,
                Set.of(new PractitionerId(ALICE)),
                aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000031")
                                        .remove("/location")
                                        .slot(aVendorSlot()
                                                .from(now.plus(Duration.ofHours(1)))
                                                .set("/status", status)))));
        return new Delivery(
                made.id(),
                made.source(),
                made.flow(),
                made.asked(),
                made.window(),
                made.fetchedAt(),
                made.took(),
                made.answer(),
                made.pages(),
                made.quirks(),
                trial);
    }
}
