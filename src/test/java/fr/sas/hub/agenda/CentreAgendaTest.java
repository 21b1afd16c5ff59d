package fr.sas.hub.agenda;

import static fr.sas.hub.testing.Centre.resources;
import static fr.sas.hub.testing.Centre.slots;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A health centre's agenda, and what is found of it by the centre's and by its doctors' identifiers. */
@HubTest
@Import(MovableClock.Wound.class)
class CentreAgendaTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(8_200);
    private static final Instant FRIDAY_TEN = Instant.parse("2026-06-12T08:00:00Z");

    private final int number = NUMBER.addAndGet(10);
    private final PractitionerId alice = Batches.practitioner(number + 1);
    private final PractitionerId bruno = Batches.practitioner(number + 2);
    private final PractitionerId chloe = Batches.practitioner(number + 3);

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private Centre centre;

    @BeforeEach
    void friday_ten_in_paris_a_centre_with_two_doctors_and_somebody_else() {
        clock.moveTo(FRIDAY_TEN);
        centre = Centre.at(port, number);
        centre.employs(alice);
        centre.employs(bruno);
        centre.knows(chloe);
    }

    @Test
    void a_slot_of_the_centre_is_found_by_the_centre_and_once_by_its_doctors() {
        centre.types(slot("2026-06-13", "10:00", "10:20"));

        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess()))).containsExactly("2026-06-13 10:00-10:20");
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess().substring(1))))
                .containsExactly("2026-06-13 10:00-10:20");
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice))).containsExactly("2026-06-13 10:00-10:20");
        JsonNode ofAll = centre.searchOf(FRIDAY_TEN, alice, bruno, chloe);
        assertThat(slots(ofAll)).containsExactly("2026-06-13 10:00-10:20");
        assertThat(ofAll.path("total").asInt()).isEqualTo(1);
        assertThat(centre.searchOf(FRIDAY_TEN, chloe).path("total").asInt()).isZero();
    }

    @Test
    void a_centre_is_found_by_its_siret_too() {
        String siret = "3%014d".formatted(75_000_000_000_000L + number);
        jdbc.update(
                "INSERT INTO directory_facility (id, name, together_with) VALUES (?, 'CDS', ARRAY[?])",
                siret,
                centre.finess());
        PractitionerId dora = Batches.practitioner(number + 4);
        centre.worksAt(dora, siret);
        centre.types(slot("2026-06-13", "10:00", "10:20"));

        assertThat(slots(centre.search(FRIDAY_TEN, siret.substring(1), centre.finess())))
                .containsExactly("2026-06-13 10:00-10:20");
        assertThat(slots(centre.searchOf(FRIDAY_TEN, dora))).containsExactly("2026-06-13 10:00-10:20");
        assertThat(HubClient.json(HubClient.at(port)
                                .as("test-portal")
                                .get("/api/v1/facilities/" + siret + "/agenda/entries"))
                        .path("entries"))
                .hasSize(1);
    }

    @Test
    void the_place_of_its_slots_is_the_centre_itself() {
        centre.types(slot("2026-06-13", "10:00", "10:20"));
        JsonNode bundle = centre.search(FRIDAY_TEN, centre.finess());

        JsonNode location = resources(bundle, "Location").getFirst();
        assertThat(location.path("name").asText()).isEqualTo("CDS " + centre.finess());
        assertThat(location.at("/address/line/0").asText()).isEqualTo("1 rue des Lilas");
        assertThat(location.at("/address/postalCode").asText()).isEqualTo("75010");
        assertThat(location.at("/telecom/0/value").asText()).isEqualTo("+33199001122");
        assertThat(location.at("/managingOrganization/identifier/value").asText())
                .isEqualTo(centre.finess());
        assertThat(resources(bundle, "Schedule")
                        .getFirst()
                        .at("/actor/0/reference")
                        .asText())
                .isEqualTo("Location/" + location.path("id").asText());
        assertThat(resources(bundle, "Organization")
                        .getFirst()
                        .at("/identifier/0/value")
                        .asText())
                .isEqualTo(centre.finess());
        assertThat(resources(bundle, "Practitioner")).isEmpty();
        for (String type : List.of("Slot", "Schedule", "Location", "Organization")) {
            String id = resources(bundle, type).getFirst().path("id").asText();
            assertThat(HubClient.at(port)
                            .json("/fhir/" + type + "/" + id)
                            .path("id")
                            .asText())
                    .isEqualTo(id);
        }
    }

    @Test
    void a_weekly_entry_of_the_centre_is_changed_deleted_and_restored_as_a_practitioners() {
        String entry = centre.types("""
                {"date": "2026-06-12", "start": "14:00", "end": "16:00", "patients": 8, "modes": ["AMB"],
                 "weekly": {"days": ["friday", "saturday", "sunday"]}}""");

        centre.send(200, "PUT", entry + "/occurrences/2026-06-13", """
                {"start": "15:00", "end": "17:00", "patients": 2, "modes": ["VR"]}""");
        centre.send(204, "DELETE", entry + "/occurrences/2026-06-14", null);
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice)))
                .containsExactly("2026-06-12 14:00-16:00", "2026-06-13 15:00-17:00");

        centre.send(200, "DELETE", entry + "/exceptions/2026-06-14", null);
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess())))
                .containsExactly("2026-06-12 14:00-16:00", "2026-06-13 15:00-17:00", "2026-06-14 14:00-16:00");

        HttpResponse<String> other = centre.send("PUT", entry + "/from/2026-06-13", """
                {"start": "09:00", "end": "10:00", "patients": 3, "modes": ["AMB"]}""", null);
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(other.headers().firstValue("Location").orElseThrow())
                .startsWith("/api/v1/facilities/" + centre.finess() + "/agenda/entries/");
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess())))
                .containsExactly("2026-06-12 14:00-16:00", "2026-06-13 09:00-10:00", "2026-06-14 09:00-10:00");
        assertThat(centre.get("/agenda/occurrences?from=2026-06-12&to=2026-06-21")
                        .path("occurrences"))
                .hasSize(6);
    }

    @Test
    void of_two_who_change_the_same_entry_of_a_centre_the_second_is_refused() {
        String entry = centre.types(slot("2026-06-13", "10:00", "10:20"));

        assertThat(centre.send("PUT", entry, slot("2026-06-13", "11:00", "11:20"), "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(centre.send("PUT", entry, slot("2026-06-13", "12:00", "12:20"), "\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess()))).containsExactly("2026-06-13 11:00-11:20");
    }

    @Test
    void while_the_centre_is_away_nothing_is_found_there_not_of_its_doctors_either() {
        centre.types(slot("2026-06-13", "10:00", "10:20"));
        centre.types("""
                {"date": "2026-06-13", "start": "20:00", "end": "02:00", "endsNextDay": true, "patients": 5, "modes": ["AMB"]}""");
        centre.worksAt(alice, centre.finess(), "1690999999");
        typed(alice, centre.finess(), "11:00", "11:20");
        typed(alice, "1690999999", "12:00", "12:20");
        String away = "/agenda/places/" + centre.finess() + "/unavailability";
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice)))
                .containsExactly(
                        "2026-06-13 10:00-10:20",
                        "2026-06-13 20:00-02:00",
                        "2026-06-13 11:00-11:20",
                        "2026-06-13 12:00-12:20");

        centre.send(200, "PUT", away, "{\"periods\": [{\"from\": \"2026-06-13\", \"to\": \"2026-06-13\"}]}");
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice)))
                .containsExactly("2026-06-13 12:00-12:20", "2026-06-14 00:00-02:00");

        centre.send(200, "PUT", away, "{\"fromNow\": true}");
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice))).containsExactly("2026-06-13 12:00-12:20");
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess()))).isEmpty();

        centre.send(200, "PUT", away, "{}");
        assertThat(slots(centre.search(FRIDAY_TEN, centre.finess()))).hasSize(2);
        assertThat(slots(centre.searchOf(FRIDAY_TEN, alice))).hasSize(4);
    }

    @Test
    void additional_information_stands_with_the_centre() {
        centre.types(slot("2026-06-13", "10:00", "10:20"));
        centre.send(200, "PUT", "/agenda/places/" + centre.finess() + "/information", "{\"text\": \"Sonner au 12\"}");

        assertThat(resources(centre.search(FRIDAY_TEN, centre.finess()), "Location")
                        .getFirst()
                        .path("description")
                        .asText())
                .isEqualTo("Sonner au 12");
    }

    @Test
    void hours_and_the_calendar_are_the_centres_own() {
        centre.types("""
                {"date": "2026-06-15", "start": "09:00", "end": "10:30", "patients": 6, "modes": ["AMB"],
                 "weekly": {"days": ["monday", "tuesday"]}}""");
        centre.send(
                200,
                "PUT",
                "/agenda/places/" + centre.finess() + "/unavailability",
                "{\"periods\": [{\"from\": \"2026-06-22\", \"to\": \"2026-06-22\"}]}");

        JsonNode weeks = centre.get("/hours?from=2026-06-15&to=2026-06-28").path("weeks");
        assertThat(weeks.findValuesAsText("week")).containsExactly("2026-W25", "2026-W26");
        assertThat(weeks.findValuesAsText("minutes")).containsExactly("180", "90");
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .get("/api/v1/agenda/hours.csv?from=2026-06-15&to=2026-06-15")
                        .body())
                .contains(centre.finess() + ",2026-W25,180,true,1");

        String feed =
                centre.send(201, "POST", "/agenda/feed", null).path("address").asText();
        HttpResponse<String> calendar = HubClient.at(port).as("nobody").get(feed);
        assertThat(calendar.statusCode()).isEqualTo(200);
        assertThat(calendar.body())
                .contains("DTSTART;TZID=Europe/Paris:20260615T090000", "LOCATION:1 rue des Lilas 75010 VILLE");
        centre.send("DELETE", "/agenda/feed", null, null);
        assertThat(HubClient.at(port).as("nobody").get(feed).statusCode()).isEqualTo(404);
    }

    @Test
    void each_participating_doctor_of_a_centre_owes_two_hours_by_the_number_of_when_the_week_ended() {
        centre.settings(2, true, true);
        for (int i = 0; i < 3; i++) {
            centre.types("""
                    {"date": "2026-06-15", "start": "09:00", "end": "11:00", "patients": 6, "modes": ["AMB"],
                     "weekly": {"days": ["monday"]}}""");
        }
        assertThat(weeks("2026-06-15", "2026-06-15")).containsExactly("2026-W25 240 true 2");

        centre.settings(4, true, true);
        assertThat(weeks("2026-06-15", "2026-06-15")).containsExactly("2026-W25 360 false 4");
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .get("/api/v1/agenda/hours.csv?from=2026-06-15&to=2026-06-15")
                        .body())
                .contains(centre.finess() + ",2026-W25,360,false,4");

        clock.moveTo(FRIDAY_TEN.plus(Duration.ofDays(14)));
        centre.settings(3, true, true);
        assertThat(weeks("2026-06-15", "2026-06-28"))
                .as("the week that is over stays as it was")
                .containsExactly("2026-W25 360 false 4", "2026-W26 360 true 3");
    }

    private List<String> weeks(String from, String to) {
        return StreamSupport.stream(
                        centre.get("/hours?from=" + from + "&to=" + to)
                                .path("weeks")
                                .spliterator(),
                        false)
                .map(week -> week.path("week").asText() + " " + week.path("minutes") + " " + week.path("twoHours") + " "
                        + week.path("doctors"))
                .toList();
    }

    @Test
    void what_was_in_force_at_the_centre_counts_for_its_doctors_too() {
        typed(alice, centre.finess(), "11:00", "11:20");
        String away = "/agenda/places/" + centre.finess() + "/unavailability";
        centre.send(200, "PUT", away, "{\"periods\": [{\"from\": \"2026-06-13\", \"to\": \"2026-06-13\"}]}");

        clock.moveTo(FRIDAY_TEN.plus(Duration.ofDays(10)));
        centre.send(200, "PUT", away, "{}");

        assertThat(HubClient.at(port)
                        .as("test-portal")
                        .json("/api/v1/practitioners/" + alice + "/hours?from=2026-06-13&to=2026-06-13")
                        .at("/weeks/0/minutes")
                        .asInt())
                .isZero();
    }

    @Test
    void hours_are_on_the_centres_clock_and_follow_its_address() {
        centre.becomes("cds", "97400");
        centre.types(slot("2026-06-13", "10:00", "10:20"));

        JsonNode slot =
                resources(centre.search(FRIDAY_TEN, centre.finess()), "Slot").getFirst();
        assertThat(slot.path("start").asText()).isEqualTo("2026-06-13T10:00:00.000+04:00");
    }

    @Test
    void a_facility_of_another_kind_has_no_agenda_and_shows_none_any_more() {
        String entry = centre.types(slot("2026-06-13", "10:00", "10:20"));
        centre.becomes("msp", "75010");

        assertThat(centre.search(FRIDAY_TEN, centre.finess()).path("total").asInt())
                .isZero();
        assertThat(centre.searchOf(FRIDAY_TEN, alice).path("total").asInt()).isZero();
        assertThat(HubClient.at(port)
                        .json(HubClient.sitesOf(FRIDAY_TEN, centre.finess()))
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(Portal.faults(centre.send("GET", "/agenda/entries", null, null)))
                .containsExactly("nationalId must name a health centre: only facilities of kind cds have agendas");
        assertThat(centre.send("POST", "/agenda/entries", slot("2026-06-13", "10:00", "10:20"), null)
                        .statusCode())
                .isEqualTo(422);
        assertThat(centre.send("DELETE", entry, null, null).statusCode()).isEqualTo(422);

        centre.becomes("cds", "75010");
        assertThat(centre.search(FRIDAY_TEN, centre.finess()).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_facility_that_nobody_knows_has_no_agenda() {
        HubClient portal = HubClient.at(port).as("test-portal");

        assertThat(portal.get("/api/v1/facilities/1990000001/agenda/entries").statusCode())
                .isEqualTo(404);
        assertThat(portal.get("/api/v1/facilities/nonsense/agenda/entries").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_centre_without_address_types_nothing() {
        HubClient portal = HubClient.at(port).as("test-portal");
        String path = "/api/v1/facilities/" + centre.finess();
        HubClient.json(portal.put(path, "{\"name\": \"CDS\", \"kind\": \"cds\"}"));

        HttpResponse<String> refused = portal.post(path + "/agenda/entries", slot("2026-06-13", "10:00", "10:20"));

        assertThat(Portal.faults(refused))
                .containsExactly("place requires the centre's address first: line, postalCode and city of " + path);
    }

    @Test
    void whoever_only_watches_types_nothing_for_a_centre() {
        HubClient ops = HubClient.at(port).as("test-ops");
        String entries = "/api/v1/facilities/" + centre.finess() + "/agenda/entries";

        assertThat(ops.get(entries).statusCode()).isEqualTo(200);
        assertThat(ops.post(entries, slot("2026-06-13", "10:00", "10:20")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_search_names_practitioners_or_centres_and_sos_searches_find_no_centre() {
        centre.types(slot("2026-06-13", "10:00", "10:20"));
        HubClient search = HubClient.at(port);
        String both = HubClient.slotsOf(FRIDAY_TEN, alice.value()) + "&schedule.actor:Location.organization.identifier="
                + centre.finess();

        assertThat(search.get(both).statusCode()).isEqualTo(400);
        assertThat(search.get(both).body()).contains("schedule.actor:Location.organization.identifier");
        assertThat(search.json(HubClient.sitesOf(FRIDAY_TEN, centre.finess()))
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(search.json("/fhir/metadata").findValuesAsText("name"))
                .contains("schedule.actor:Location.organization.identifier");
    }

    @Test
    void the_api_documents_describe_both_addresses() {
        JsonNode paths =
                HubClient.at(port).as("test-portal").json("/v3/api-docs").path("paths");

        for (String owner : List.of("practitioners", "facilities")) {
            for (String path :
                    List.of("/agenda/entries", "/agenda/entries/{entry}/from/{date}", "/hours", "/agenda/feed")) {
                JsonNode described = paths.path("/api/v1/" + owner + "/{nationalId}" + path);
                assertThat(described).as(owner + path).isNotEmpty();
                described.forEach(
                        operation -> assertThat(operation.path("parameters").findValuesAsText("name"))
                                .containsOnlyOnce("nationalId"));
                assertThat(described.findValues("parameters").toString()).contains("\"in\":\"path\"", "FINESS, SIRET");
            }
        }
    }

    private void typed(PractitionerId doctor, String place, String from, String to) {
        HttpResponse<String> answer = HubClient.at(port)
                .as("test-portal")
                .post(
                        "/api/v1/practitioners/" + doctor + "/agenda/entries",
                        slot("2026-06-13", from, to).replace("{", "{\"place\": \"" + place + "\", "));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String slot(String date, String from, String to) {
        return "{\"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"modes\": [\"AMB\"]}".formatted(date, from, to);
    }
}
