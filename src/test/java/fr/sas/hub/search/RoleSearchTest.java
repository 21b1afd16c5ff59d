package fr.sas.hub.search;

import static fr.sas.hub.testing.Centre.resources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may be called is found whether they have a free slot or not. Every test has practitioners and towns of its own. */
@HubTest
class RoleSearchTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(10);
    private static final String OF_THE_PRACTICE = """
            {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
             "declaresTwoHours": true, "emergencyReorientation": %s}""";

    private final int number = NUMBER.addAndGet(10);
    private final PractitionerId alice = Batches.practitioner(70_000 + number + 1);
    private final PractitionerId bruno = Batches.practitioner(70_000 + number + 2);
    private final PractitionerId chloe = Batches.practitioner(70_000 + number + 3);
    /** With prefix, one place of practice each. */
    private final String practice = "1350%06d".formatted(number);

    private final String surgery = "1220%06d".formatted(number);
    private final String town = "35%03d".formatted(number);
    private final String village = "22%03d".formatted(number);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @BeforeEach
    void alice_works_in_town_and_in_the_village_bruno_in_town_and_nobody_has_a_free_slot() {
        works(alice, place(practice, town, "+33299000001"), place(surgery, village, "+33299000002"));
        works(bruno, place(practice, town, "+33299000001"));
    }

    @Test
    void a_practitioner_without_a_free_slot_is_found_with_phone_information_participation_and_reorientation() {
        settings(alice, OF_THE_PRACTICE.formatted(true));
        HubClient.json(portal().put(
                        "/api/v1/practitioners/" + alice + "/agenda/places/" + practice + "/information",
                        "{\"text\": \"Sonner deux fois\"}"));

        JsonNode answer = hub().json(by(alice));

        assertThat(answer.path("total").asInt()).isEqualTo(2);
        assertThat(answer.findValuesAsText("mode")).containsExactly("match", "match");
        JsonNode role = resources(answer, "PractitionerRole").stream()
                .filter(one -> at(one).equals(practice))
                .findFirst()
                .orElseThrow();
        assertThat(role.at("/telecom/0/value").asText()).isEqualTo("+33299000001");
        assertThat(role.at("/contained/0/description").asText()).isEqualTo("Sonner deux fois");
        assertThat(role.at("/contained/0/address/postalCode").asText()).isEqualTo(town);
        assertThat(role.at("/practitioner/reference").asText()).isEqualTo("Practitioner/" + alice);
        assertThat(parts(role))
                .containsEntry("through", "practice")
                .containsEntry("acceptsOverbooking", "true")
                .containsEntry("emergencyReorientation", "true");
    }

    @Test
    void by_practitioner_by_structure_by_postal_code_and_by_two_of_them() {
        assertThat(found(by(alice, bruno)))
                .containsExactlyInAnyOrder(role(alice, practice), role(alice, surgery), role(bruno, practice));
        assertThat(found("organization.identifier=urn:oid:1.2.250.1.71.4.2.2%7C" + practice))
                .containsExactlyInAnyOrder(role(alice, practice), role(bruno, practice));
        assertThat(found("organization.identifier=" + practice.substring(1)))
                .as("without system and prefix")
                .hasSize(2);
        assertThat(found("location.address-postalcode=" + village)).containsExactly(role(alice, surgery));
        assertThat(found("location.address-postalcode=" + village + "," + town)).hasSize(3);
        assertThat(found("location.address-postalcode=" + town.substring(0, 4)))
                .as("how a postal code begins")
                .contains(role(alice, practice), role(bruno, practice))
                .doesNotContain(role(alice, surgery));
        assertThat(found(by(alice) + "&location.address-postalcode=" + town)).containsExactly(role(alice, practice));
        assertThat(found(by(bruno) + "&organization.identifier=" + surgery)).isEmpty();
        assertThat(found("organization.identifier=1999999999")).isEmpty();
    }

    @Test
    void a_structure_is_found_by_any_of_its_ids() {
        String siret = "350000%09d".formatted(number);
        String third = "351000%09d".formatted(number);
        works(chloe, place(practice + "\", \"" + siret + "\", \"" + third, town, "+33299000003"));

        assertThat(found("organization.identifier=" + practice)).contains(role(chloe, practice));
        assertThat(found("organization.identifier=" + siret)).containsExactly(role(chloe, practice));
        assertThat(found("organization.identifier=" + third)).containsExactly(role(chloe, practice));
    }

    @Test
    void participation_and_reorientation_narrow_it_and_participants_come_first() {
        settings(bruno, OF_THE_PRACTICE.formatted(false));
        settings(alice, "{\"emergencyReorientation\": true}");

        assertThat(found(by(alice, bruno)).getFirst()).isEqualTo(role(bruno, practice));
        assertThat(found(by(alice, bruno) + "&participation=true")).containsExactly(role(bruno, practice));
        assertThat(found(by(alice, bruno) + "&participation=false"))
                .hasSize(2)
                .allMatch(one -> one.startsWith(alice.value()));
        assertThat(found(by(alice, bruno) + "&emergency-reorientation=true")).hasSize(2);
        assertThat(found("location.address-postalcode=" + town + "&participation=true"))
                .containsExactly(role(bruno, practice));
        assertThat(found("participation=true&_count=1000"))
                .contains(role(bruno, practice))
                .doesNotContain(role(alice, practice));
        assertThat(found("emergency-reorientation=true&_count=1000"))
                .contains(role(alice, practice), role(alice, surgery))
                .doesNotContain(role(bruno, practice));
    }

    @Test
    void it_is_asked_of_each_role_whether_one_participates_there() {
        String cpts = "1360%06d".formatted(number);
        exists(cpts, "cpts", "CPTS du Parc");
        settings(alice, """
                {"participates": true, "participatesThrough": "cpts", "structure": "%s", "practiceLocations": ["%s"],
                 "usesBookingSoftware": false, "declaresTwoHours": true}""".formatted(cpts, practice));

        assertThat(found(by(alice) + "&participation=true")).containsExactly(role(alice, practice));
        assertThat(found(by(alice) + "&participation=false")).containsExactly(role(alice, surgery));
        JsonNode called = hub().json(by(alice) + "&participation=true");
        assertThat(resources(called, "Organization"))
                .as("whom to call, asked for or not")
                .singleElement()
                .satisfies(organization ->
                        assertThat(organization.path("name").asText()).isEqualTo("CPTS du Parc"));
    }

    @Test
    void salaried_doctors_of_a_health_centre_are_found_as_participating_through_it() {
        Centre centre = Centre.at(port, 5_000 + number);
        works(chloe, place(centre.finess(), town, "+33299000003"));
        centre.settings(4, true, true);

        assertThat(found("participation=true&_count=1000")).contains(role(chloe, centre.finess()));
        assertThat(found("organization.identifier=" + centre.finess() + "&participation=true"))
                .containsExactly(role(chloe, centre.finess()));
    }

    @Test
    void includes_bring_the_practitioners_and_the_organizations_once_each() {
        exists(practice, "practice", "Cabinet des Lilas");

        JsonNode answer = hub().json(by(alice, bruno)
                + "&_include=PractitionerRole:practitioner&_include=PractitionerRole:organization");

        assertThat(resources(answer, "Practitioner"))
                .extracting(practitioner -> practitioner.path("id").asText())
                .containsExactlyInAnyOrder(alice.value(), bruno.value());
        assertThat(resources(answer, "Organization"))
                .extracting(organization -> organization.path("name").asText())
                .containsExactly("Cabinet des Lilas");
        assertThat(answer.path("total").asInt()).isEqualTo(3);
        for (JsonNode entry : answer.path("entry")) {
            assertThat(hub().json(URI.create(entry.path("fullUrl").asText()).getPath()))
                    .isEqualTo(entry.path("resource"));
        }
    }

    @Test
    void a_structures_new_name_is_in_the_next_answer() {
        String roles = by(bruno) + "&_include=PractitionerRole:organization";
        exists(practice, "practice", "Cabinet des Lilas");
        assertThat(resources(hub().json(roles), "Organization")
                        .getFirst()
                        .path("name")
                        .asText())
                .isEqualTo("Cabinet des Lilas");

        exists(practice, "msp", "MSP des Lilas");

        assertThat(resources(hub().json(roles), "Organization")
                        .getFirst()
                        .path("name")
                        .asText())
                .isEqualTo("MSP des Lilas");
    }

    @Test
    void pages_follow_each_other_without_loss_by_get_and_by_post() {
        String query = by(alice, bruno);
        String form = query.substring(query.indexOf('?') + 1) + "&_count=1";
        HttpResponse<String> posted = hub().send(hub().request("/fhir/PractitionerRole/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));

        for (JsonNode first : List.of(HubClient.json(posted), hub().json(query + "&_count=1"))) {
            List<String> all = new ArrayList<>();
            JsonNode page = first;
            while (true) {
                assertThat(page.path("total").asInt()).isEqualTo(3);
                resources(page, "PractitionerRole").forEach(role -> all.add(owner(role) + " " + at(role)));
                String next = page.at("/link/1/url").asText();
                if (next.isEmpty()) {
                    break;
                }
                page = hub().json(next.substring(next.indexOf("/fhir/")));
            }
            assertThat(all).hasSize(3).containsExactlyInAnyOrderElementsOf(found(query));
        }
        JsonNode counted = hub().json(query + "&_count=0");
        assertThat(counted.path("total").asInt()).isEqualTo(3);
        assertThat(counted.has("entry")).isFalse();
    }

    @Test
    void where_nobody_is_there_nobody_is_found() {
        HubClient.json(portal().put(
                        "/api/v1/practitioners/" + alice + "/agenda/places/" + practice + "/unavailability",
                        "{\"fromNow\": true}"));

        assertThat(found(by(alice))).containsExactly(role(alice, surgery));
        assertThat(found("location.address-postalcode=" + town)).containsExactly(role(bruno, practice));
    }

    @Test
    void what_changes_is_in_the_next_answer() {
        assertThat(found(by(alice) + "&participation=true")).isEmpty();
        settings(alice, OF_THE_PRACTICE.formatted(false));
        assertThat(found(by(alice) + "&participation=true")).hasSize(2);

        works(alice, place(surgery, village, "+33299000009"));
        assertThat(found(by(alice))).containsExactly(role(alice, surgery));
        assertThat(resources(hub().json(by(alice)), "PractitionerRole")
                        .getFirst()
                        .at("/telecom/0/value")
                        .asText())
                .isEqualTo("+33299000009");
    }

    @Test
    void what_a_source_tells_of_a_place_stands_and_the_directory_fills_in_what_it_left_out() {
        PracticeLocation told = new PracticeLocation(
                practice,
                new StructureId(practice),
                null,
                null,
                "9 quai des Saules",
                town,
                "VILLE",
                null,
                ZoneId.of("Europe/Paris"),
                List.of());
        index.replace(new ScreenedBatch(
                new SlotBatch(
                        Source.AGENDA,
                        Set.of(bruno),
                        new Window(now, now.plus(Duration.ofHours(72))),
                        now,
                        Answer.COMPLETE,
                        Map.of(
                                bruno,
                                new Offer(
                                        new NamedSubject(bruno, "DURAND", List.of("Bruno")),
                                        List.of(told),
                                        List.of(Batches.slot(
                                                Source.AGENDA, bruno, told, now.plus(Duration.ofHours(1))))))),
                Map.of()));

        JsonNode withSlot = hub().json(HubClient.slotsOf(now, bruno.value()));
        assertThat(resources(hub().json(by(bruno)), "PractitionerRole"))
                .as("as it is told with a slot")
                .isEqualTo(resources(withSlot, "PractitionerRole"))
                .singleElement()
                .satisfies(role -> {
                    assertThat(role.at("/contained/0/address/line/0").asText()).isEqualTo("9 quai des Saules");
                    assertThat(role.at("/telecom/0/value").asText()).isEqualTo("+33299000001");
                });
    }

    @Test
    void somebody_whom_the_directory_does_not_know_is_found_by_the_word_of_a_source() {
        PractitionerId unregistered = Batches.practitioner(70_000 + number + 4);
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, List.of(unregistered), now.plus(Duration.ofHours(1)), 1), Map.of()));

        assertThat(found(by(unregistered))).containsExactly(role(unregistered, "1750000001"));
    }

    @Test
    void everybody_of_the_directory_can_be_read_without_a_slot() {
        String role = resources(hub().json(by(bruno)), "PractitionerRole")
                .getFirst()
                .path("id")
                .asText();

        assertThat(hub().json("/fhir/Practitioner/" + bruno)
                        .at("/name/0/family")
                        .asText())
                .isEqualTo("DURAND");
        assertThat(hub().json("/fhir/PractitionerRole/" + role).path("id").asText())
                .isEqualTo(role);
        assertThat(hub().json("/fhir/Location/" + role)
                        .at("/address/postalCode")
                        .asText())
                .isEqualTo(town);
        exists(practice, "practice", "Cabinet des Lilas");
        assertThat(hub().json("/fhir/Organization/" + practice).path("name").asText())
                .isEqualTo("Cabinet des Lilas");
        assertThat(hub().get("/fhir/Practitioner/" + Batches.practitioner(79_999))
                        .statusCode())
                .isEqualTo(404);
    }

    /** Who and where, in the answer's order. */
    private List<String> found(String query) {
        return resources(
                        hub().json(query.startsWith("/") ? query : "/fhir/PractitionerRole?" + query),
                        "PractitionerRole")
                .stream()
                .map(role -> owner(role) + " " + at(role))
                .toList();
    }

    private static String role(PractitionerId practitioner, String structure) {
        return practitioner + " " + structure;
    }

    private static String owner(JsonNode role) {
        return role.at("/practitioner/reference").asText().substring("Practitioner/".length());
    }

    private static String at(JsonNode role) {
        return role.at("/organization/identifier/value").asText();
    }

    private static Map<String, String> parts(JsonNode role) {
        return StreamSupport.stream(role.at("/extension/0/extension").spliterator(), false)
                .collect(Collectors.toMap(
                        part -> part.path("url").asText(),
                        part -> part.path("valueCode")
                                .asText(part.path("valueBoolean").asText())));
    }

    static String by(PractitionerId... practitioners) {
        return "/fhir/PractitionerRole?practitioner.identifier="
                + Stream.of(practitioners)
                        .map(practitioner -> "urn:oid:1.2.250.1.71.4.2.1%7C" + practitioner)
                        .collect(Collectors.joining(","));
    }

    private static String place(String structures, String postalCode, String phone) {
        return """
                {"structures": ["%s"], "line": "1 rue des Lilas", "postalCode": "%s", "city": "VILLE", "phone": "%s"}""".formatted(structures, postalCode, phone);
    }

    private void works(PractitionerId practitioner, String... places) {
        HubClient.json(portal().put("/api/v1/practitioners/" + practitioner, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": %s}""".formatted(List.of(places))));
    }

    private void settings(PractitionerId practitioner, String json) {
        HubClient.json(portal().put("/api/v1/practitioners/" + practitioner + "/settings", json));
    }

    private void exists(String id, String kind, String name) {
        HubClient.json(portal().put("/api/v1/facilities/" + id, """
                {"name": "%s", "kind": "%s", "phone": "+33299000005"}""".formatted(name, kind)));
    }

    private HubClient portal() {
        return hub().as("test-portal");
    }

    private HubClient hub() {
        return HubClient.at(port);
    }
}
