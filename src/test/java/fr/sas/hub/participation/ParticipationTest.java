package fr.sas.hub.participation;

import static com.github.tomakehurst.wiremock.client.WireMock.*;
import static fr.sas.hub.testing.VendorBundle.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settings over HTTP: a "no" is obeyed in the request that says it. Every test has a practitioner of its own. */
@HubTest
class ParticipationTest {

    private static final Source LUNE = new Source("agenda-lune");
    private static final String CPTS = "375000000100023";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final String alice = Batches.newPractitioner().value();
    private final Instant start = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Vendors vendors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    @BeforeEach
    void a_vendor_with_one_slot_who_is_asked_once_a_day() {
        HubClient.at(port).knows(alice);
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(aBundle()
                        .with(aPractitioner(alice, "DURAND", "Alice")
                                .at(aPlace("1750000001").address("1 rue des Tilleuls", "75001", "PARIS"))
                                .slot(aVendorSlot()
                                        .from(start)
                                        .lasting(15, ChronoUnit.MINUTES)
                                        .audience("PUBLIC")
                                        .mode("AMB")))
                        .toJson())));
        Descriptor.of("agenda-lune")
                .at(vendor.baseUrl())
                .poll("every: 1h")
                .poll("idleEvery: 24h")
                .dropInto(connectors);
        await().until(() -> vendors.find(LUNE).isPresent());
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of("agenda-lune").removeFrom(connectors);
        await().until(() -> vendors.find(LUNE).isEmpty());
        vendor.stop();
    }

    @Test
    void whoever_names_a_vendor_is_asked_for_at_once_and_a_refusal_erases_and_silences_within_its_request() {
        accepted("{\"usesBookingSoftware\": true, \"vendors\": [\"agenda-lune\"]}");
        await().until(() -> found() == 1);

        accepted("{\"usesBookingSoftware\": true, \"vendors\": [\"agenda-lune\"], \"vendorSlotsHidden\": true}");

        assertThat(found()).isZero();
        assertThat(rows("index_slot", "subject")).isZero();
        assertThat(rows("index_word", "subject")).isZero();
        assertThat(rows("connector_target", "subject")).isZero();
    }

    @Test
    void lifting_the_refusal_asks_at_once() {
        accepted("{\"usesBookingSoftware\": true, \"vendors\": [\"agenda-lune\"], \"vendorSlotsHidden\": true}");
        assertThat(vendor.findAll(anyRequestedFor(anyUrl()))).isEmpty();

        accepted("{\"usesBookingSoftware\": true, \"vendors\": [\"agenda-lune\"]}");

        await().until(() -> found() == 1);
        assertThat(vendor.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void an_answer_that_was_on_its_way_when_the_refusal_came_brings_nothing_back() {
        var asked = Batches.batch(LUNE, Instant.now(), List.of(new fr.sas.hub.slot.PractitionerId(alice)), start, 3);
        ScreenedBatch before = participation.screen(asked);

        accepted("{\"vendorSlotsHidden\": true}");
        index.replace(before);
        index.replace(participation.screen(asked));

        assertThat(rows("index_slot", "subject")).isZero();
        assertThat(found()).isZero();
    }

    @Test
    void a_refusal_that_fails_half_way_leaves_everything_as_it_was() {
        accepted("{\"usesBookingSoftware\": true, \"vendors\": [\"agenda-lune\"]}");
        await().until(() -> found() == 1);
        jdbc.execute("ALTER TABLE index_refusal ADD CONSTRAINT no_more CHECK (subject <> '" + alice + "') NOT VALID");
        try {
            assertThat(put("{\"vendorSlotsHidden\": true}", "*").statusCode()).isEqualTo(500);
        } finally {
            jdbc.execute("ALTER TABLE index_refusal DROP CONSTRAINT no_more");
        }

        HttpResponse<String> kept = portal().get(path(""));
        assertThat(kept.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(HubClient.json(kept).path("vendorSlotsHidden").asBoolean()).isFalse();
        assertThat(portal().json(path("/history")).path("changes").size()).isEqualTo(1);
        assertThat(rows("connector_target", "subject")).isEqualTo(1);
        assertThat(found()).isEqualTo(1);
    }

    @Test
    void every_change_is_kept_with_who_when_before_and_after() {
        Instant beginning = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        accepted("{\"emergencyReorientation\": true}");
        portal().send(portal().request(path(""))
                .header("Content-Type", "application/json")
                .header("X-Acting-Person", "practitioner " + alice)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"vendorSlotsHidden\": true}")));

        JsonNode changes = portal().json(path("/history")).path("changes");

        assertThat(changes).hasSize(2);
        assertThat(changes.at("/0/by/client").asText()).isEqualTo("test-portal");
        assertThat(changes.at("/0/by/person").asText()).isEqualTo("practitioner " + alice);
        assertThat(changes.at("/0/before/emergencyReorientation").asBoolean()).isTrue();
        assertThat(changes.at("/0/after/emergencyReorientation").asBoolean()).isFalse();
        assertThat(changes.at("/0/after/vendorSlotsHidden").asBoolean()).isTrue();
        assertThat(changes.at("/1/by").toString()).isEqualTo("{\"client\":\"test-portal\"}");
        assertThat(changes.at("/1/before").isNull()).isTrue();
        assertThat(Instant.parse(changes.at("/0/at").asText())).isBetween(beginning, Instant.now());
        assertThat(portal().json("/api/v1/practitioners/" + Batches.practitioner(499) + "/settings/history")
                        .path("changes"))
                .isEmpty();
    }

    @Test
    void a_stale_change_is_refused_and_not_remembered() {
        accepted("{\"emergencyReorientation\": true}");

        HttpResponse<String> late = put("{\"vendorSlotsHidden\": true}", "\"0\"");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(portal().json(path("/history")).path("changes").size()).isEqualTo(1);
        assertThat(rows("index_refusal", "subject")).isZero();
    }

    @Test
    void what_settings_name_must_exist_and_every_fault_is_told() {
        assertThat(faults(put(throughACpts("agenda-lune").replace("1750000001", "1750000009"), "*")))
                .containsExactly(
                        "structure is not known to the directory",
                        "practiceLocations must name only places where the practitioner works, by the directory's ids");
        assertThat(faults(put(throughACpts("nobody"), "*")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("vendors ");
        assertThat(faults(put("""
                {"participatesThrough": "friends", "structure": "12", "vendors": ["N O"]}""", "*"))).hasSize(3);

        exists("msp");
        assertThat(faults(put(throughACpts("agenda-lune"), "*")))
                .containsExactly("structure is of a kind other than participatesThrough");
        exists("cpts");
        accepted(throughACpts("agenda-lune"));
        assertThat(portal().json(path("")).path("structure").asText()).isEqualTo(CPTS);
    }

    @Test
    void settings_of_somebody_nobody_knows_or_who_works_nowhere_are_refused_and_what_was_said_can_be_taken_back() {
        accepted("{\"participates\": true, \"participatesThrough\": \"practice\", \"usesBookingSoftware\": false,"
                + " \"declaresTwoHours\": true}");
        String again = "{\"participates\": true, \"participatesThrough\": \"practice\", \"usesBookingSoftware\": false,"
                + " \"declaresTwoHours\": true, \"emergencyReorientation\": true}";
        HubClient.json(portal().put("/api/v1/practitioners/" + alice, "{\"family\": \"DURAND\", \"places\": []}"));
        String nowhere = Batches.newPractitioner().value();
        HubClient.json(portal().put("/api/v1/practitioners/" + nowhere, "{\"family\": \"DURAND\", \"places\": []}"));
        String unknown = Batches.newPractitioner().value();

        assertThat(faults(put(again, "*")))
                .containsExactly(
                        "nationalId names a practitioner without a place of practice: no patient could be sent to them");
        assertThat(faults(portal().put(
                                "/api/v1/practitioners/" + nowhere + "/settings", "{\"vendorSlotsHidden\": true}")))
                .hasSize(1);
        assertThat(portal().put("/api/v1/practitioners/" + unknown + "/settings", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(portal().delete("/api/v1/practitioners/" + alice).statusCode())
                .isEqualTo(204);
        assertThat(put(again, "*").statusCode()).isEqualTo(404);
        accepted("{\"vendorSlotsHidden\": true}");
    }

    @Test
    void settings_say_who_changed_them_last_and_when_and_can_be_sent_back() {
        assertThat(portal().json(path("")).has("changedAt")).isFalse();
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        HttpResponse<String> put = portal().actingFor("practitioner " + alice).put(path(""), "{}");
        JsonNode read = portal().json(path(""));

        assertThat(HubClient.json(put)).isEqualTo(read);
        assertThat(read.path("changedBy").asText()).isEqualTo("test-portal for practitioner " + alice);
        assertThat(Instant.parse(read.path("changedAt").asText())).isBetween(before, Instant.now());
        accepted(read.toString());
        assertThat(jdbc.queryForObject(
                        "SELECT settings::text FROM participation_settings WHERE practitioner = ?",
                        String.class,
                        alice))
                .doesNotContain("changed");
    }

    private void exists(String kind) {
        HubClient.json(
                portal().put("/api/v1/facilities/" + CPTS, "{\"name\": \"CPTS du Parc\", \"kind\": \"" + kind + "\"}"));
    }

    private static String throughACpts(String vendor) {
        return """
                {"participates": true, "participatesThrough": "cpts", "structure": "%s",
                 "practiceLocations": ["1750000001"], "usesBookingSoftware": true, "vendors": ["%s"]}""".formatted(CPTS, vendor);
    }

    private HubClient portal() {
        return HubClient.at(port).as("test-portal");
    }

    private String path(String more) {
        return "/api/v1/practitioners/" + alice + "/settings" + more;
    }

    @Test
    void what_is_no_id_of_a_vendor_is_refused_by_name() {
        for (String vendor : List.of("null", "\"../..\"", "\"\"")) {
            assertThat(faults(put("{\"usesBookingSoftware\": true, \"vendors\": [" + vendor + "]}", "*")))
                    .as(vendor)
                    .anyMatch(fault -> fault.startsWith("vendors "));
        }
    }

    private HttpResponse<String> put(String json, String ifMatch) {
        return portal().send(portal().request(path(""))
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private void accepted(String json) {
        HubClient.json(put(json, "*"));
    }

    private static List<String> faults(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        JsonNode errors;
        try {
            errors = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(refused.body())
                    .path("errors");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return StreamSupport.stream(errors.spliterator(), false)
                .map(fault -> fault.path("field").asText() + " "
                        + fault.path("message").asText())
                .toList();
    }

    private int found() {
        return HubClient.at(port)
                .json(HubClient.slotsOf(Instant.now(), alice))
                .path("total")
                .asInt();
    }

    private long rows(String table, String column) {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM " + table + " WHERE " + column + " = ?", Long.class, alice);
        return count == null ? 0 : count;
    }
}
