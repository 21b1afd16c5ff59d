package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Delivered;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rules a vendor's live answers break. */
@HubTest
class ScorecardTest {

    private static final String ALICE = "899900000621";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    Intake intake;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    RejectionDays days;

    @LocalServerPort
    int port;

    @Test
    void counts_what_intake_rejects_and_what_it_tolerates_each_once_with_an_example() {
        intake.read(delivery("note-soleil"));
        intake.read(delivery("note-soleil"));

        JsonNode card = card("note-soleil");

        assertThat(card.path("deliveries").asInt()).isEqualTo(2);
        assertThat(card.at("/slots/accepted").asInt()).isEqualTo(2);
        assertThat(card.at("/slots/rejected").asInt()).isEqualTo(2);
        assertThat(card.path("broken").findValuesAsText("rule"))
                .startsWith("NOT_FREE")
                .doesNotHaveDuplicates();
        JsonNode rejected = line(card, "NOT_FREE");
        assertThat(rejected.path("count").asInt()).isEqualTo(2);
        assertThat(rejected.path("severity").asText()).isEqualTo("REJECTED");
        assertThat(rejected.at("/example/excerpt").asText()).contains("\"status\":\"busy\"");
        assertThat(Instant.parse(rejected.path("lastSeen").asText())).isAfterOrEqualTo(now);
        JsonNode tolerated = line(card, "TIME_FORM");
        assertThat(tolerated.path("count").asInt()).isEqualTo(4);
        assertThat(tolerated.path("phrase").asText()).contains("décalage");
        assertThat(tolerated.path("pageUrl").asText()).contains("FrSlotAgregateur");
    }

    @Test
    void what_one_node_counted_another_tells() {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        Tally.TallyKey of = new Tally.TallyKey(today, new Source("note-lune"));
        for (int node = 0; node < 2; node++) {
            Tallies other = new Tallies(JdbcClient.create(jdbc), days);
            DeliveryFindings findings = new DeliveryFindings(10);
            findings.add(new Finding(SlotRule.PAST, "Bundle.entry[0].resource.end", "gone\u0000", null));
            other.count(of, findings, now);
            other.count(of, new Tally.Volume(1, 0, 0, 1));
            other.flush();
        }

        assertThat(line(card("note-lune"), "PAST").path("count").asInt()).isEqualTo(2);
        assertThat(card("note-lune").path("deliveries").asInt()).isEqualTo(2);
    }

    @Test
    void a_vendor_nobody_knows_has_none() {
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .get("/api/v1/connectors/nulle-part/scorecard")
                        .statusCode())
                .isEqualTo(404);
    }

    private JsonNode card(String vendor) {
        return HubClient.at(port).as("test-ops").json("/api/v1/connectors/" + vendor + "/scorecard");
    }

    private static JsonNode line(JsonNode card, String rule) {
        return card.path("broken").findParents("rule").stream()
                .filter(line -> line.path("rule").asText().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(card.toPrettyString()));
    }

    /** One slot is busy; the other is written with Z. */
    private Delivery delivery(String vendor) {
        Instant start = now.plus(Duration.ofHours(1));
        return Delivered.by(
                vendor,
                Flow.INDIVIDUAL,
                now,
                Set.of(new PractitionerId(ALICE)),
                aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000621")
                                        .slot(aVendorSlot().from(start).set("/status", "busy"))
                                        .slot(aVendorSlot()
                                                .from(start.plus(Duration.ofHours(1)))
                                                .set(
                                                        "/start",
                                                        start.plus(Duration.ofHours(1))
                                                                .toString())
                                                .set(
                                                        "/end",
                                                        start.plus(Duration.ofHours(2))
                                                                .toString())))));
    }
}
