package fr.sas.hub.testing;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class VendorBundleTest {

    @Test
    void an_individual_answer_holds_the_slot_its_schedule_its_practitioner_and_the_role() {
        var bundle = aBundle()
                .with(aPractitioner("810001234567", "DURAND", "Alice")
                        .at(aPlace("1750000001"))
                        .slot(aVendorSlot()
                                .from(Instant.parse("2026-06-12T14:40:00Z"))
                                .lasting(20, MINUTES)))
                .toNode();

        assertThat(types(bundle)).containsExactly("Slot", "Practitioner", "Schedule", "PractitionerRole");
        assertThat(bundle.at("/entry/0/resource/start").asText()).isEqualTo("2026-06-12T16:40:00.000+02:00");
        assertThat(bundle.at("/total").asInt()).isEqualTo(1);
    }

    @Test
    void a_cpts_answer_brings_each_community_once() {
        var community = aCommunity("1950047225", "CPTS DES TILLEULS");

        var bundle = aCptsBundle()
                .with(aPractitioner("810001234567", "DURAND", "Alice")
                        .at(aPlace("1750000001"))
                        .slot(aVendorSlot().of(community))
                        .slot(aVendorSlot().id("b").of(community)))
                .toNode();

        assertThat(types(bundle)).containsOnlyOnce("HealthcareService", "Organization");
    }

    @Test
    void an_sos_answer_matches_schedules() {
        var bundle = aSosBundle()
                .with(anAssociation("334173748400020", "SOS Médecins")
                        .at(aSite("1", "Centre").slot(aVendorSlot())))
                .toNode();

        assertThat(types(bundle)).containsExactly("Schedule", "Organization", "Location", "Slot");
    }

    @Test
    void faults_can_be_planted_anywhere() {
        var bundle = aBundle()
                .with(aPractitioner("810001234567", "DURAND", "Alice")
                        .remove("/name")
                        .at(aPlace("1750000001"))
                        .slot(aVendorSlot().set("/start", "yesterday").remove("/meta/security/0")))
                .total(7)
                .toNode();

        assertThat(bundle.at("/entry/0/resource/start").asText()).isEqualTo("yesterday");
        assertThat(bundle.at("/entry/0/resource/meta/security")).isEmpty();
        assertThat(bundle.at("/entry/1/resource").has("name")).isFalse();
        assertThat(bundle.at("/total").asInt()).isEqualTo(7);
    }

    private static List<String> types(JsonNode bundle) {
        return StreamSupport.stream(bundle.get("entry").spliterator(), false)
                .map(entry -> entry.at("/resource/resourceType").asText())
                .toList();
    }
}
