package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import fr.sas.hub.testing.VendorSlot;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** « Ce que voit la régulation » and the platform's searches tell the same, whatever was typed, hidden or delivered before. */
class RegulationPageTest extends AgendaForms {

    private static final Map<String, ZoneId> ZONES =
            Map.of("75010", PARIS, "75011", PARIS, "35000", PARIS, "97400", ZoneId.of("Indian/Reunion"));
    private static final String LILACS = "1 rue des Lilas 75011 PARIS";
    private static final String ISLAND = "2 rue du Port 97400 SAINT-DENIS";

    private final LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);

    @Value("${hub.connectors}")
    Path connectors;

    private String lilacs;
    private String island;

    @BeforeEach
    void alice_works_in_paris_and_on_la_reunion() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS").replace("}", ", \"phone\": \"0102030405\"}")
                        + ", " + place("1750000802", "2 rue du Port", "97400", "SAINT-DENIS"));
        lilacs = placeIn("PARIS");
        island = placeIn("SAINT-DENIS");
    }

    @Test
    void what_is_typed_hidden_and_said_is_shown_as_a_search_answers_it() {
        put("/settings", "{}");
        assertSame(0);
        type(lilacs, tomorrow, "\"start\": \"09:00\", \"end\": \"09:15\", \"kind\": \"slot\"");
        assertSame(1);
        type(island, tomorrow, "\"start\": \"10:00\", \"end\": \"12:00\", \"kind\": \"range\", \"patients\": 3");
        assertSame(2);
        type(lilacs, tomorrow, """
                "start": "14:00", "end": "14:15", "kind": "slot", "weekly": {"days": ["%s", "%s"]}""".formatted(weekday(tomorrow), weekday(tomorrow.plusDays(1))));
        assertSame(4);
        type(
                lilacs,
                tomorrow,
                "\"start\": \"22:00\", \"end\": \"01:00\", \"endsNextDay\": true, \"kind\": \"range\", \"patients\": 4");
        assertSame(5);

        put("/agenda/places/" + lilacs + "/information", "{\"text\": \"Sonner deux fois\"}");
        assertSame(5);
        put("/agenda/places/" + lilacs + "/unavailability", absent(tomorrow));
        assertThat(assertSame(3).slots()).anyMatch(slot -> slot.endsWith("00h00 - 01h00"));
        put("/agenda/places/" + island + "/unavailability", "{\"fromNow\": true}");
        assertThat(assertSame(2).places()).doesNotContainKey(ISLAND);
        put("/agenda/places/" + lilacs + "/unavailability", "{\"periods\": []}");
        assertSame(4);
        put("/agenda/places/" + island + "/unavailability", "{\"fromNow\": false}");
        assertSame(5);
    }

    @Test
    void who_may_be_called_and_through_whom_is_shown_as_a_search_answers_it() {
        portal.put(
                "/api/v1/facilities/1750000909",
                "{\"name\": \"MSP du Canal\", \"kind\": \"msp\", \"phone\": \"+33199001122\"}");
        put("/settings", """
                {"participates": true, "participatesThrough": "MSP", "structure": "1750000909",
                 "usesBookingSoftware": false, "declaresTwoHours": true, "emergencyReorientation": true}""");
        assertThat(assertSame(0).places())
                .containsOnlyKeys(LILACS, ISLAND)
                .allSatisfy((label, place) -> assertThat(place.through()).isEqualTo("MSP du Canal +33199001122"));
        type(island, tomorrow, "\"start\": \"09:00\", \"end\": \"09:15\", \"kind\": \"slot\"");
        assertSame(1);
        put("/settings", "{\"participates\": false}");
        assertThat(assertSame(1).places()).containsKey(ISLAND);
    }

    @Test
    void what_vendors_deliver_and_what_is_refused_of_it_is_shown_as_a_search_answers_it() {
        put("/settings", "{}");
        type(lilacs, tomorrow, "\"start\": \"09:00\", \"end\": \"09:15\", \"kind\": \"slot\"");
        try (StubbedVendor vendor = new StubbedVendor("agenda-regulation-" + rpps, rpps)) {
            vendor.answers(VendorBundle.aBundle()
                    .with(VendorBundle.aPractitioner(rpps, "DURAND", "Alice")
                            .at(at("1750000801", "1 rue des Lilas", "75011", "PARIS"))
                            .slot(quarter(0))
                            .slot(quarter(1))
                            .slot(quarter(2).audience())
                            .at(at("1750000802", "2 rue du Port", "97400", "SAINT-DENIS"))
                            .slot(quarter(3))
                            .at(at("1750000803", "3 rue du Pré", "35000", "RENNES"))
                            .slot(quarter(4))));
            vendor.joins(connectors);
            assertSoon(4);

            put("/settings", "{\"vendorSlotsHidden\": true}");
            assertSame(1);
            put("/settings", "{\"vendorSlotsHidden\": false}");
            assertSoon(4);
            put("/agenda/places/" + lilacs + "/unavailability", absent(tomorrow));
            assertSame(2);
        } finally {
            Descriptor.of("agenda-regulation-" + rpps).leaves(connectors, port);
        }
        assertSame(0);
    }

    @Test
    void the_phone_of_a_place_whose_slots_are_all_hidden_is_shown_as_a_search_answers_it() {
        try (StubbedVendor vendor = new StubbedVendor("agenda-regulation-" + rpps, rpps)) {
            vendor.answers(VendorBundle.aBundle()
                    .with(VendorBundle.aPractitioner(rpps, "DURAND", "Alice")
                            .at(at("1750000801", "1 rue des Lilas", "75011", "PARIS"))
                            .slot(quarter(0))));
            vendor.joins(connectors);
            assertSoon(1);
            put("/agenda/places/" + lilacs + "/unavailability", absent(tomorrow));

            assertSame(0);
        } finally {
            Descriptor.of("agenda-regulation-" + rpps).leaves(connectors, port);
        }
    }

    @Test
    void slots_of_the_centre_where_a_doctor_is_salaried_are_shown_as_a_search_for_the_doctor_answers_them() {
        Centre centre = Centre.at(port, 808);
        knows(rpps, place(centre.finess(), "1 rue des Lilas", "75010", "VILLE"));
        centre.settings(3, true, true);
        centre.types("""
                {"date": "%s", "start": "09:00", "end": "12:00", "patients": 5, "modes": ["AMB"]}""".formatted(tomorrow));

        assertSame(1);
    }

    private void assertSoon(int slots) {
        await().untilAsserted(() -> assertSame(slots));
    }

    /** @param slots how many there are to be found */
    private RegulationReading assertSame(int slots) {
        RegulationReading page = RegulationReading.of(
                alice.open("/espace/effecteurs/" + rpps + "/regulation").body());
        RegulationAnswer answer = RegulationAnswer.of(port, rpps, ZONES);

        assertThat(page.slots()).isEqualTo(answer.slots()).hasSize(slots);
        assertThat(page.places()).containsAllEntriesOf(answer.withSlots());
        assertThat(answer.all()).containsAllEntriesOf(page.places());
        assertThat(answer.all().entrySet())
                .filteredOn(place -> place.getValue().participates())
                .allSatisfy(place -> assertThat(page.places()).contains(place));
        return page;
    }

    private void type(String place, LocalDate date, String hours) {
        HttpResponse<String> typed = portal.post(
                "/api/v1/practitioners/" + rpps + "/agenda/entries",
                "{\"place\": \"%s\", \"date\": \"%s\", \"modes\": [\"AMB\"], %s}".formatted(place, date, hours));
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
    }

    private void put(String path, String json) {
        HttpResponse<String> answer = portal.put("/api/v1/practitioners/" + rpps + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
    }

    private static String absent(LocalDate date) {
        return "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(date, date);
    }

    private static VendorPlace at(String structure, String line, String postalCode, String city) {
        return VendorBundle.aPlace(structure).address(line, postalCode, city);
    }

    private VendorSlot quarter(int quarter) {
        return VendorBundle.aVendorSlot()
                .from(tomorrow.atTime(9, 0).atZone(PARIS).toInstant().plus(Duration.ofMinutes(15L * quarter)));
    }

    private String placeIn(String city) {
        for (var place : portal.json("/api/v1/practitioners/" + rpps).path("places")) {
            if (place.path("city").asText().equals(city)) {
                return place.path("id").asText();
            }
        }
        throw new AssertionError("No place in " + city);
    }
}
