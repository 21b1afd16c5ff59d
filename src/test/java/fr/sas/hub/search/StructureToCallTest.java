package fr.sas.hub.search;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whom a regulator calls for a practitioner who participates through a structure, and at which of their places. */
@HubTest
class StructureToCallTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(9_200);
    private static final String RENNES = "1350000801";
    private static final String LYON = "1690000802";

    private final int number = NUMBER.addAndGet(10);
    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId bruno = Batches.newPractitioner();
    private final String structure = "1350%06d".formatted(number);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @BeforeEach
    void alice_works_in_rennes_and_in_lyon_and_bruno_in_rennes() {
        works(alice, RENNES, LYON);
        works(bruno, RENNES);
    }

    @ParameterizedTest
    @CsvSource({
        "cpts, 1350, https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-cpts-organization-aggregator",
        "msp,  1350, http://interopsante.org/fhir/StructureDefinition/FrOrganization",
        "sos,  1350, http://interopsante.org/fhir/StructureDefinition/FrOrganization",
        "sos,  380200000, https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-sos-organization-aggregator",
    })
    void it_stands_in_the_answer_with_its_name_and_phone_once_and_can_be_read(
            String kind, String prefix, String profile) {
        String id = prefix + "%06d".formatted(number);
        exists(id, kind, "Les Lilas", "+33299000001");
        participates(alice, kind, id);
        participates(bruno, kind, id);

        JsonNode answer = hub().json(HubClient.slotsOf(now, alice.value(), bruno.value()));

        assertThat(resources(answer, "Organization")).singleElement().satisfies(organization -> {
            assertThat(organization.path("id").asText()).isEqualTo(id);
            assertThat(organization.at("/meta/profile/0").asText()).isEqualTo(profile);
            assertThat(organization.at("/identifier/0/value").asText()).isEqualTo(id);
            assertThat(organization.path("name").asText()).isEqualTo("Les Lilas");
            assertThat(organization.at("/telecom/0/value").asText()).isEqualTo("+33299000001");
            assertThat(hub().json("/fhir/Organization/" + id)).isEqualTo(organization);
        });
        assertThat(resources(answer, "PractitionerRole"))
                .hasSize(3)
                .extracting(role -> part(role, "organization")
                        .at("/valueReference/reference")
                        .asText())
                .containsOnly("Organization/" + id);
    }

    @Test
    void its_new_number_is_in_the_next_answer_of_whoever_participates_through_it() {
        exists(structure, "msp", "MSP du Port", "+33299000001");
        participates(alice, "msp", structure);
        assertThat(phones(alice)).containsExactly("+33299000001");

        exists(structure, "msp", "MSP du Port", "+33299000002");
        assertThat(phones(alice)).containsExactly("+33299000002");

        participates(alice, "practice", null);
        assertThat(phones(alice)).isEmpty();
    }

    @Test
    void of_a_salaried_doctor_it_is_the_health_centre_which_stands_there_once() {
        Centre centre = Centre.at(port, number);
        works(bruno, centre.finess());
        centre.types("{\"date\": \"%s\", \"start\": \"12:00\", \"end\": \"12:15\", \"modes\": [\"AMB\"]}"
                .formatted(tomorrow()));
        centre.settings(4, true, true);

        for (String more : List.of("", "&_include:iterate=Location:organization")) {
            JsonNode answer = hub().json(HubClient.slotsOf(now, bruno.value()) + more);
            assertThat(resources(answer, "Organization")).singleElement().satisfies(organization -> {
                assertThat(organization.path("id").asText()).isEqualTo(centre.finess());
                assertThat(organization.at("/telecom/0/value").asText()).isEqualTo("+33199001122");
            });
        }
    }

    @Test
    void through_a_cpts_the_places_that_were_named_are_all_where_they_are_called() {
        exists(structure, "cpts", "CPTS du Parc", "+33299000001");

        participates(alice, "cpts", structure, RENNES);
        assertThat(ways(alice)).containsExactlyInAnyOrderEntriesOf(Map.of(RENNES, "cpts true", LYON, " false"));

        participates(alice, "cpts", structure, RENNES, LYON);
        assertThat(ways(alice)).containsOnly(Map.entry(RENNES, "cpts true"), Map.entry(LYON, "cpts true"));
    }

    @Test
    void through_a_cpts_no_place_needs_to_be_named_and_then_they_are_called_at_all_of_them() {
        exists(structure, "cpts", "CPTS du Parc", "+33299000001");

        participates(alice, "cpts", structure);

        assertThat(ways(alice)).containsOnly(Map.entry(RENNES, "cpts true"), Map.entry(LYON, "cpts true"));
    }

    @Test
    void where_a_cpts_does_not_count_the_health_centre_of_the_place_does() {
        exists(structure, "cpts", "CPTS du Parc", "+33299000001");
        Centre centre = Centre.at(port, number);
        works(alice, RENNES, centre.finess());
        centre.settings(4, true, true);

        participates(alice, "cpts", structure, RENNES);

        assertThat(ways(alice)).containsEntry(RENNES, "cpts true").containsEntry(centre.finess(), "cds true");
    }

    @Test
    void a_search_by_participation_finds_the_slots_of_the_places_where_they_do_or_of_all_the_others() {
        exists(structure, "cpts", "CPTS du Parc", "+33299000001");
        participates(alice, "cpts", structure, RENNES);

        assertThat(ways(alice, "&participation=true")).containsExactly(Map.entry(RENNES, "cpts true"));
        assertThat(ways(alice, "&participation=false")).containsExactly(Map.entry(LYON, " false"));
        for (String participation : List.of("true", "false")) {
            JsonNode answer =
                    hub().json(HubClient.slotsOf(now, alice.value()) + "&participation=" + participation + "&_count=1");
            assertThat(answer.path("total").asInt()).isEqualTo(1);
            assertThat(resources(answer, "Slot")).hasSize(1);
            assertThat(answer.path("link")).hasSize(1);
        }

        participates(alice, "cpts", structure);
        assertThat(ways(alice, "&participation=true")).containsOnlyKeys(RENNES, LYON);
        assertThat(ways(alice, "&participation=false")).isEmpty();
    }

    @Test
    void a_salaried_doctor_is_found_as_a_participant_at_the_centre_that_participates_and_not_elsewhere() {
        Centre centre = Centre.at(port, number);
        works(bruno, RENNES, centre.finess());
        centre.settings(4, true, true);

        assertThat(ways(bruno, "&participation=true")).containsExactly(Map.entry(centre.finess(), "cds true"));
        assertThat(ways(bruno, "&participation=false")).containsExactly(Map.entry(RENNES, " false"));
    }

    private Map<String, String> ways(PractitionerId practitioner) {
        return ways(practitioner, "");
    }

    /** By place: through what, and whether they accept to be called. */
    private Map<String, String> ways(PractitionerId practitioner, String more) {
        Map<String, String> ways = new TreeMap<>();
        resources(hub().json(HubClient.slotsOf(now, practitioner.value()) + more), "PractitionerRole")
                .forEach(role -> ways.put(
                        role.at("/organization/identifier/value").asText(),
                        part(role, "through").path("valueCode").asText() + " "
                                + part(role, "acceptsOverbooking")
                                        .path("valueBoolean")
                                        .asText()));
        return ways;
    }

    private List<String> phones(PractitionerId practitioner) {
        return resources(hub().json(HubClient.slotsOf(now, practitioner.value())), "Organization").stream()
                .map(organization -> organization.at("/telecom/0/value").asText())
                .toList();
    }

    private static JsonNode part(JsonNode role, String url) {
        return StreamSupport.stream(role.at("/extension/0/extension").spliterator(), false)
                .filter(part -> part.path("url").asText().equals(url))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    private void exists(String id, String kind, String name, String phone) {
        HubClient.json(portal().put("/api/v1/facilities/" + id, """
                {"name": "%s", "kind": "%s", "phone": "%s"}""".formatted(name, kind, phone)));
    }

    /** At one place each, with a slot tomorrow. */
    private void works(PractitionerId practitioner, String... structures) {
        List<String> places =
                java.util.stream.Stream.of(structures).map("""
                {"structures": ["%s"], "line": "1 rue des Lilas", "postalCode": "35000", "city": "VILLE"}"""::formatted).toList();
        HubClient.json(portal().put("/api/v1/practitioners/" + practitioner, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": %s}""".formatted(places)));
        for (String place : structures) {
            HttpResponse<String> typed = portal().post(
                            "/api/v1/practitioners/" + practitioner + "/agenda/entries",
                            """
                    {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(place, tomorrow()));
            assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        }
    }

    private void participates(
            PractitionerId practitioner, String through, @org.jspecify.annotations.Nullable String id, String... at) {
        String places = at.length == 0 ? "" : "\"practiceLocations\": [\"" + String.join("\", \"", at) + "\"],";
        HubClient.json(portal().put("/api/v1/practitioners/" + practitioner + "/settings", """
                {"participates": true, "participatesThrough": "%s", "structure": %s, %s
                 "usesBookingSoftware": false, "declaresTwoHours": true}""".formatted(
                        through, id == null ? "null" : "\"" + id + "\"", places)));
    }

    private LocalDate tomorrow() {
        return LocalDate.ofInstant(now, ZoneId.of("Europe/Paris")).plusDays(1);
    }

    private HubClient portal() {
        return hub().as("test-portal");
    }

    private HubClient hub() {
        return HubClient.at(port);
    }
}
