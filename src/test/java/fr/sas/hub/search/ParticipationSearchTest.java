package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a regulator finds and reads of practitioners' participation. Every test has practitioners of its own. */
@HubTest
class ParticipationSearchTest {

    private static final String MSP = "1350000017";
    private static final String OF_THE_PRACTICE = """
            {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
             "declaresTwoHours": true, "emergencyReorientation": %s}""";

    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId bruno = Batches.newPractitioner();
    private final PractitionerId chloe = Batches.newPractitioner();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @BeforeEach
    void three_practitioners_with_two_slots_each() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, List.of(alice, bruno, chloe), now.plus(Duration.ofHours(1)), 2),
                Map.of()));
    }

    @Test
    void a_search_by_participation_finds_those_who_do_or_all_the_others() {
        settings(alice, OF_THE_PRACTICE.formatted(false));

        assertThat(found("&participation=true")).containsExactly(alice);
        assertThat(found("&participation=false")).containsExactlyInAnyOrder(bruno, chloe);
        assertThat(found("")).containsExactlyInAnyOrder(alice, bruno, chloe);
        assertThat(hub().json(search() + "&participation=true").path("total").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_search_by_emergency_reorientation_finds_those_who_take_such_patients_or_all_the_others() {
        settings(alice, OF_THE_PRACTICE.formatted(true));
        settings(bruno, "{\"emergencyReorientation\": true}");

        assertThat(found("&emergency-reorientation=true")).containsExactlyInAnyOrder(alice, bruno);
        assertThat(found("&emergency-reorientation=false")).containsExactly(chloe);
        assertThat(found("&emergency-reorientation=true&participation=false")).containsExactly(bruno);
        assertThat(found("&emergency-reorientation=false&participation=true")).isEmpty();
    }

    @Test
    void an_answer_in_memory_follows_the_settings_at_once() {
        assertThat(found("&participation=true")).isEmpty();

        settings(alice, OF_THE_PRACTICE.formatted(true));
        assertThat(found("&participation=true")).containsExactly(alice);
        assertThat(found("&emergency-reorientation=true")).containsExactly(alice);

        settings(alice, "{}");
        assertThat(found("&participation=true")).isEmpty();
        assertThat(found("&emergency-reorientation=true")).isEmpty();
    }

    @Test
    void pages_of_a_narrowed_search_are_narrow() {
        settings(bruno, OF_THE_PRACTICE.formatted(false));
        JsonNode first = hub().json(search() + "&participation=false&_count=3");

        String next = first.at("/link/1/url").asText();
        JsonNode second = hub().json(next.substring(next.indexOf("/fhir/")));

        assertThat(owners(first)).hasSize(2).doesNotContain(bruno);
        assertThat(owners(second)).hasSize(1).doesNotContain(bruno);
        assertThat(second.path("total").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "participation=yes",
                "participation=",
                "participation=TRUE",
                "participation=true,false",
                "participation=true&participation=true",
                "participation:not=true",
                "emergency-reorientation=1",
                "emergency-reorientation=%20true",
                "emergency-reorientation"
            })
    void anything_but_true_or_false_is_refused(String parameter) {
        HttpResponse<String> refused = hub().get(search() + "&" + parameter);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("OperationOutcome", parameter.split("[:=]")[0]);
    }

    @Test
    void associations_are_not_searched_by_it() {
        assertThat(hub().get(HubClient.sitesOf(now, "334173748400020") + "&participation=true")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_place_of_practice_says_how_its_practitioner_participates_from_the_change_on() {
        assertThat(participation(alice)).isEqualTo("[acceptsOverbooking false]");

        settings(alice, OF_THE_PRACTICE.formatted(false));
        assertThat(participation(alice)).isEqualTo("[through practice, acceptsOverbooking true]");

        HubClient.json(hub().as("test-portal")
                .put("/api/v1/facilities/" + MSP, "{\"name\": \"MSP des Lilas\", \"kind\": \"msp\"}"));
        String throughAnMsp = """
                {"participates": %s, "participatesThrough": "msp", "structure": "%s", "usesBookingSoftware": false,
                 "declaresTwoHours": true}""";
        settings(alice, throughAnMsp.formatted(true, MSP));
        assertThat(participation(alice))
                .isEqualTo("[through msp, structure " + MSP + ", organization Organization/" + MSP
                        + ", acceptsOverbooking true]");

        settings(alice, throughAnMsp.formatted(false, MSP));
        assertThat(participation(alice)).isEqualTo("[acceptsOverbooking false]");
    }

    @Test
    void metadata_names_both_parameters_with_their_definitions() throws Exception {
        JsonNode slot = StreamSupport.stream(
                        hub().json("/fhir/metadata").at("/rest/0/resource").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("Slot"))
                .findFirst()
                .orElseThrow();
        for (String name : List.of("participation", "emergency-reorientation")) {
            JsonNode parameter = StreamSupport.stream(slot.path("searchParam").spliterator(), false)
                    .filter(one -> one.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
            JsonNode definition = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(Files.readString(Path.of("fhir-profiles/SearchParameter-slot-" + name + ".json")));
            assertThat(parameter.path("definition")).isEqualTo(definition.path("url"));
            assertThat(parameter.path("type")).isEqualTo(definition.path("type"));
            assertThat(definition.path("code").asText()).isEqualTo(name);
        }
    }

    /** The parts of the extension on the practitioner's only place, in an answer; a read says the same. */
    private String participation(PractitionerId practitioner) {
        JsonNode role = StreamSupport.stream(
                        hub().json(HubClient.slotsOf(now, practitioner.value()))
                                .path("entry")
                                .spliterator(),
                        false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("PractitionerRole"))
                .findFirst()
                .orElseThrow();
        assertThat(hub().json("/fhir/PractitionerRole/" + role.path("id").asText()))
                .isEqualTo(role);
        assertThat(role.path("extension")).hasSize(1);
        assertThat(role.at("/extension/0/url").asText())
                .isEqualTo("https://sas-hub.example/fhir/StructureDefinition/practitioner-role-participation");
        return StreamSupport.stream(role.at("/extension/0/extension").spliterator(), false)
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

    private Set<PractitionerId> found(String more) {
        return owners(hub().json(search() + more));
    }

    private static Set<PractitionerId> owners(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> new PractitionerId(slot.path("id").asText().split("-")[0]))
                .collect(Collectors.toSet());
    }

    private String search() {
        return HubClient.slotsOf(now, alice.value(), bruno.value(), chloe.value());
    }

    private void settings(PractitionerId practitioner, String json) {
        hub().knows(practitioner.value());
        HubClient.json(hub().as("test-portal").put("/api/v1/practitioners/" + practitioner + "/settings", json));
    }

    private HubClient hub() {
        return HubClient.at(port);
    }
}
