package fr.sas.hub.participation;

import static fr.sas.hub.testing.Centre.resources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A health centre participates for its salaried doctors: what it says, and what the next search shows of them. */
@HubTest
class CentreParticipationTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(8_400);
    private static final String ELSEWHERE = "1690999998";

    private final int number = NUMBER.addAndGet(10);
    private final PractitionerId alice = Batches.practitioner(number + 1);
    private final PractitionerId bruno = Batches.practitioner(number + 2);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final LocalDate tomorrow =
            LocalDate.ofInstant(now, ZoneId.of("Europe/Paris")).plusDays(1);

    @LocalServerPort
    int port;

    private Centre centre;

    @BeforeEach
    void alice_works_at_the_centre_and_bruno_does_not() {
        centre = Centre.at(port, number);
        centre.employs(alice);
        centre.worksAt(bruno, ELSEWHERE);
        typed(alice, centre.finess(), "11:00");
        typed(bruno, ELSEWHERE, "09:00");
    }

    @Test
    void both_boxes_are_needed_and_the_next_search_shows_it() {
        assertThat(shown("")).containsExactly(at(bruno, "09:00"), at(alice, "11:00"));
        assertThat(participation(alice)).containsExactly("[acceptsOverbooking false]");

        centre.settings(4, true, true);
        assertThat(shown("")).containsExactly(at(alice, "11:00"), at(bruno, "09:00"));
        assertThat(shown("&participation=true")).containsExactly(at(alice, "11:00"));
        assertThat(shown("&participation=false")).containsExactly(at(bruno, "09:00"));
        assertThat(participation(alice)).containsExactly(throughTheCentre());

        centre.settings(4, true, false);
        assertThat(shown("&participation=true")).isEmpty();
        centre.settings(4, false, true);
        assertThat(shown("&participation=true")).isEmpty();
        assertThat(participation(alice)).containsExactly("[acceptsOverbooking false]");
    }

    @Test
    void slots_of_the_centre_itself_follow_its_settings_too() {
        centre.types("{\"date\": \"%s\", \"start\": \"12:00\", \"end\": \"12:15\", \"modes\": [\"AMB\"]}"
                .formatted(tomorrow));
        centre.settings(4, true, true);

        assertThat(shown("&participation=true")).containsExactly(at(alice, "11:00"), centre.finess() + " 12:00");
        JsonNode location =
                resources(centre.search(now, centre.finess()), "Location").getFirst();
        assertThat(parts(location)).isEqualTo(throughTheCentre());
        assertThat(shown("&emergency-reorientation=true")).isEmpty();
    }

    @Test
    void at_other_places_a_salaried_doctor_is_not_to_be_called() {
        centre.worksAt(alice, centre.finess(), ELSEWHERE);
        typed(alice, ELSEWHERE, "17:00");
        centre.settings(4, true, true);

        assertThat(participation(alice)).containsExactlyInAnyOrder(throughTheCentre(), "[acceptsOverbooking false]");
    }

    @Test
    void a_participation_of_their_own_comes_first() {
        centre.settings(4, true, true);
        settings(alice, """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
                 "declaresTwoHours": true}""");
        assertThat(participation(alice)).containsExactly("[through practice, acceptsOverbooking true]");

        settings(alice, "{\"emergencyReorientation\": true}");
        assertThat(participation(alice)).containsExactly(throughTheCentre());
        assertThat(shown("&emergency-reorientation=true&participation=true")).containsExactly(at(alice, "11:00"));
    }

    @Test
    void nobody_says_of_themselves_that_a_health_centre_participates_for_them() {
        HttpResponse<String> refused = HubClient.at(port)
                .as("test-portal")
                .put("/api/v1/practitioners/" + alice + "/settings", """
                        {"participates": true, "participatesThrough": "cds", "structure": "%s",
                         "usesBookingSoftware": false, "declaresTwoHours": true}""".formatted(centre.finess()));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("a health centre participates for its salaried doctors by its own settings");
    }

    @Test
    void whoever_comes_to_the_centre_participates_and_whoever_leaves_does_not() {
        centre.settings(4, true, true);
        assertThat(shown("&participation=true")).containsExactly(at(alice, "11:00"));

        centre.worksAt(bruno, ELSEWHERE, centre.finess());
        typed(bruno, centre.finess(), "10:00");
        assertThat(shown("&participation=true")).containsExactly(at(bruno, "10:00"), at(alice, "11:00"));
        assertThat(shown("&participation=false")).containsExactly(at(bruno, "09:00"));

        centre.worksAt(alice, ELSEWHERE);
        assertThat(shown("&participation=true")).containsExactly(at(bruno, "10:00"));
    }

    @Test
    void a_facility_participates_for_its_doctors_as_long_as_it_is_a_health_centre() {
        centre.settings(4, true, true);
        assertThat(shown("&participation=true")).containsExactly(at(alice, "11:00"));

        centre.becomes("practice", "75010");
        assertThat(shown("&participation=true")).isEmpty();
        assertThat(centre.send("GET", "/settings", null, null).statusCode()).isEqualTo(422);

        centre.becomes("cds", "75010");
        assertThat(shown("&participation=true")).containsExactly(at(alice, "11:00"));
    }

    @Test
    void settings_are_kept_with_who_and_when_and_the_second_of_two_writers_is_refused() {
        HttpResponse<String> never = centre.send("GET", "/settings", null, null);
        assertThat(never.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(never.body())
                .isEqualTo("{\"acceptsOverbooking\":false,\"declaresTwoHours\":false,\"participates\":false}");

        assertThat(centre.send("PUT", "/settings", "{\"participatingProfessionals\": 2}", "\"0\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(centre.send("PUT", "/settings", "{\"participatingProfessionals\": 3}", "\"0\"")
                        .statusCode())
                .isEqualTo(412);

        JsonNode changes = centre.get("/settings/history").path("changes");
        assertThat(changes).hasSize(1);
        assertThat(changes.at("/0/by/client").asText()).isEqualTo("test-portal");
        assertThat(changes.at("/0/before").isNull()).isTrue();
        assertThat(changes.at("/0/after/participatingProfessionals").asInt()).isEqualTo(2);
        JsonNode kept = centre.get("/settings");
        assertThat(kept.path("changedBy").asText()).isEqualTo("test-portal");
        assertThat(Instant.parse(kept.path("changedAt").asText()))
                .isBeforeOrEqualTo(Instant.parse(changes.at("/0/at").asText()));
    }

    @Test
    void a_centre_that_participates_says_with_how_many_professionals() {
        String rule = "must be at least 1 for a centre that participates";
        String boxes = "{\"acceptsOverbooking\": true, \"declaresTwoHours\": true%s}";

        assertThat(centre.send("PUT", "/settings", boxes.formatted(""), null).body())
                .contains(rule);
        assertThat(centre.send("PUT", "/settings", boxes.formatted(", \"participatingProfessionals\": 0"), null)
                        .body())
                .contains(rule);
        assertThat(centre.send("PUT", "/settings", boxes.formatted(", \"participatingProfessionals\": -1"), null)
                        .body())
                .contains("must be a number from 0 to");
        assertThat(centre.get("/settings").path("participates").asBoolean()).isFalse();
        assertThat(centre.send("PUT", "/settings", "{\"acceptsOverbooking\": true}", null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void only_health_centres_have_settings() {
        HubClient portal = HubClient.at(port).as("test-portal");
        centre.becomes("msp", "75010");

        assertThat(centre.send("PUT", "/settings", "{}", null).body()).contains("must name a health centre");
        assertThat(portal.get("/api/v1/facilities/1990000002/settings").statusCode())
                .isEqualTo(404);
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .put("/api/v1/facilities/" + centre.finess() + "/settings", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    /** Whose slots a search for both doctors finds, in its order. */
    private List<String> shown(String more) {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(now, alice.value(), bruno.value()) + more);
        return resources(bundle, "Slot").stream()
                .map(slot -> slot.path("id").asText().split("-")[0] + " "
                        + slot.path("start").asText().substring(11, 16))
                .toList();
    }

    private static String at(PractitionerId practitioner, String time) {
        return practitioner + " " + time;
    }

    /** Of each place of practice. */
    private List<String> participation(PractitionerId practitioner) {
        return resources(centre.searchOf(now, practitioner), "PractitionerRole").stream()
                .map(CentreParticipationTest::parts)
                .toList();
    }

    private String throughTheCentre() {
        return "[through cds, structure " + centre.finess() + ", organization Organization/" + centre.finess()
                + ", acceptsOverbooking true]";
    }

    private static String parts(JsonNode resource) {
        return StreamSupport.stream(resource.at("/extension/0/extension").spliterator(), false)
                .filter(part -> !part.path("url").asText().equals("emergencyReorientation"))
                .map(part -> part.path("url").asText() + " "
                        + part.path("valueCode")
                                .asText(part.path("valueBoolean")
                                        .asText(part.at("/valueIdentifier/value")
                                                .asText(part.at("/valueReference/reference")
                                                        .asText()))))
                .toList()
                .toString();
    }

    private void settings(PractitionerId practitioner, String json) {
        HubClient.json(
                HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + practitioner + "/settings", json));
    }

    private void typed(PractitionerId practitioner, String place, String time) {
        HttpResponse<String> answer = HubClient.at(port)
                .as("test-portal")
                .post("/api/v1/practitioners/" + practitioner + "/agenda/entries", """
                        {"place": "%s", "date": "%s", "start": "%s", "end": "%s", "modes": ["AMB"]}""".formatted(
                                place, tomorrow, time, time.replace(":00", ":15")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
