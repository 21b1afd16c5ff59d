package fr.sas.hub.verdict;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorFault;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A vendor asks the hub whether it is right. */
@HubTest
class VerdictHttpTest {

    private static final String HTEST =
            "[{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActReason\", \"code\": \"HTEST\"}]";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Another one each time: somebody for whom a vendor was asked lately is not asked for again so soon. */
    private final String vendorId = "bon-eleve-" + COUNT.incrementAndGet();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    JdbcTemplate jdbc;

    @AfterEach
    void leave() {
        Descriptor.of(vendorId).leaves(connectors, port);
    }

    private static VendorBundle right() {
        return aBundle()
                .with(aPractitioner("899900000611", "DURAND", "Alice")
                        .at(aPlace("1750000611").phone("+33140000611"))
                        .slot(aVendorSlot().bookableAt("https://vendor.example/rdv/1")));
    }

    private static JsonNode slot(String status) {
        JsonNode bundle = right().toNode();
        JsonNode slot = bundle.at("/entry/0/resource").deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) slot).put("status", status);
        return slot;
    }

    private HttpResponse<String> validate(String token, String path, String json) {
        HubClient client = HubClient.at(port).as(token);
        return client.send(client.request(path)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json)));
    }

    @Test
    void a_right_bundle_has_nothing_said_against_it() {
        HttpResponse<String> answer = validate("test-vendor-agenda-soleil", "/fhir/Bundle/$validate", right().toJson());

        assertThat(HubClient.json(answer).path("issue").findValuesAsText("severity"))
                .as(answer.body())
                .isNotEmpty()
                .containsOnly("information");
    }

    @Test
    void a_faulty_slot_in_a_bundle_is_named_by_rule_element_sentence_and_page() {
        VendorBundle bundle = aBundle()
                .with(aPractitioner("899900000611", "DURAND", "Alice")
                        .at(aPlace("1750000611").phone("01 40 00 06 11"))
                        .slot(aVendorSlot().set("/status", "busy").set("/end", "2026-06-12T08:00:00.000+02:00")));

        JsonNode outcome = HubClient.json(validate("test-ops", "/fhir/$validate", bundle.toJson()));

        assertThat(rulesOf(outcome)).contains("NOT_FREE", "ENDS_BEFORE_IT_STARTS", "PHONE_FORM", "PROFILE");
        JsonNode issue = issue(outcome, "NOT_FREE");
        assertThat(issue.path("severity").asText()).isEqualTo("error");
        assertThat(issue.at("/expression/0").asText()).isEqualTo("Bundle.entry[0].resource.status");
        assertThat(issue.path("diagnostics").asText()).isEqualTo("busy");
        assertThat(issue.at("/details/text").asText()).startsWith("Slot.status is");
        assertThat(issue.at("/extension/0/valueUrl").asText()).contains("FrSlotAgregateur");
        assertThat(issue(outcome, "PHONE_FORM").path("severity").asText()).isEqualTo("warning");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"a\": \"b\"}", "\"x\"", "null", "[null]", "[\"x\"]", "{\"0\": {\"resource\": {}}}"})
    void a_bundle_whose_entries_are_no_list_is_told_so(String entries) throws Exception {
        ObjectNode bundle = right().toNode();
        bundle.set("entry", new ObjectMapper().readTree(entries));

        HttpResponse<String> answer = validate("test-ops", "/fhir/$validate", bundle.toString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(rulesOf(HubClient.json(answer))).containsAnyOf("ENTRY_WITHOUT_RESOURCE", "TOTAL_WRONG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-search", "test-portal", "test-ops", "test-vendor-agenda-soleil"})
    void whoever_may_enter_may_ask(String token) {
        JsonNode outcome = HubClient.json(
                validate(token, "/fhir/Slot/$validate", slot("busy").toString()));

        assertThat(rulesOf(outcome)).contains("NOT_FREE").doesNotContain("ORPHAN_SCHEDULE");
    }

    @Test
    void a_vendor_is_told_what_intake_would_do_with_the_tolerances_agreed_with_it_and_others_what_the_guide_says()
            throws Exception {
        String bundle = aBundle()
                .with(aPractitioner("899900000611", "DURAND", "Alice")
                        .at(aPlace("1750000611").phone("+33140000611"))
                        .slot(aVendorSlot()
                                .set("/start", "2026-06-12T10:00:00")
                                .set("/end", "2026-06-12T10:15:00")
                                .set("/meta/tag", new ObjectMapper().readTree(HTEST))))
                .toJson();
        Descriptor.of("agenda-soleil")
                .mode("push")
                .status("trial")
                .quirks("times-without-zone")
                .dropInto(connectors);
        try {
            await().untilAsserted(() -> assertThat(
                            rulesOf(HubClient.json(validate("test-vendor-agenda-soleil", "/fhir/$validate", bundle))))
                    .doesNotContain("TIME_WITHOUT_OFFSET", "TEST_DATA"));
            assertThat(rulesOf(HubClient.json(validate("test-ops", "/fhir/$validate", bundle))))
                    .contains("TIME_WITHOUT_OFFSET", "TEST_DATA");
        } finally {
            Descriptor.of("agenda-soleil").leaves(connectors, port);
        }
    }

    @Test
    void test_data_is_as_good_as_any_other_to_the_check_of_a_vendor_on_trial() {
        try (FakeVendor vendor = GoodVendor.with(BundleFaults.set("Practitioner", "/meta/tag", HTEST))) {
            arrive(vendor, GoodVendor.ALICE);

            HttpResponse<String> report = ops("/check", "{\"practitioners\": [\"" + GoodVendor.ALICE + "\"]}");

            assertThat(report.statusCode()).as(report.body()).isEqualTo(200);
            assertThat(broken(HubClient.json(report))).doesNotContain("TEST_DATA");
        }
    }

    /** As the hub itself sends it to vendors: to be created, so without an id. */
    @Test
    void a_regulators_account_is_no_practitioner_without_an_rpps() {
        String account = """
                {"resourceType": "Practitioner", "active": true,
                 "meta": {"source": "urn:oid:1.2.250.1.213.3.6",
                  "profile": ["https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul"]},
                 "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "3456780581/11242343",
                  "type": {"coding": [{"system": "http://interopsante.org/fhir/CodeSystem/fr-v2-0203", "code": "IDNPS"}]}}],
                 "name": [{"family": "MARIUS", "given": ["Jules"]}]%s}""";
        String email = ", \"telecom\": [{\"system\": \"email\", \"value\": \"jules.marius@test.example\"}]";

        assertThat(rulesOf(HubClient.json(validate("test-ops", "/fhir/$validate", account.formatted(email)))))
                .isSubsetOf("PROFILE_WARNING");
        assertThat(rulesOf(HubClient.json(validate("test-ops", "/fhir/$validate", account.formatted("")))))
                .contains("REGULATOR_EMAIL");
    }

    @Test
    void what_is_too_large_for_the_profiles_is_held_against_the_rules_and_says_so() {
        String large = aBundle()
                .with(aPractitioner("899900000611", "DURAND", "Alice")
                        .at(aPlace("1750000611").phone("+33140000611"))
                        .slot(aVendorSlot().set("/comment", "x".repeat(2_100_000))))
                .toJson();
        HubClient client = HubClient.at(port);
        HttpResponse<String> english = validate("test-ops", "/fhir/$validate", large);
        HttpResponse<String> french = client.send(client.request("/fhir/$validate")
                .header("Content-Type", "application/fhir+json")
                .setHeader("Accept-Language", "fr")
                .POST(BodyPublishers.ofString(large)));

        assertThat(rulesOf(HubClient.json(english))).contains("BAD_URL").doesNotContain("PROFILE", "PROFILE_WARNING");
        assertThat(english.body()).contains("Too large for the profiles");
        assertThat(french.body()).contains("Trop pour les profils");
    }

    @Test
    void where_hundreds_of_entries_are_wrong_the_profiles_do_not_say_it_again_for_minutes() {
        String entry = "{\"resource\": {\"resourceType\": \"Slot\", \"status\": \"busy\"}}";
        String bundle = "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"entry\": ["
                + String.join(", ", Collections.nCopies(800, entry)) + "]}";

        HttpResponse<String> outcome = validate("test-ops", "/fhir/$validate", bundle);

        assertThat(outcome.body()).contains("Too large for the profiles");
        assertThat(rulesOf(HubClient.json(outcome)))
                .contains("FULL_URL_MISSING")
                .doesNotContain("PROFILE");
    }

    @Test
    void the_resource_may_come_in_parameters_and_the_answer_in_french() {
        String parameters = "{\"resourceType\": \"Parameters\", \"parameter\": [{\"name\": \"resource\", \"resource\": "
                + slot("busy") + "}]}";
        HubClient client = HubClient.at(port);
        JsonNode outcome = HubClient.json(client.send(client.request("/fhir/$validate")
                .header("Content-Type", "application/fhir+json")
                .setHeader("Accept-Language", "fr-FR,fr;q=0.9")
                .POST(BodyPublishers.ofString(parameters))));

        assertThat(issue(outcome, "NOT_FREE").at("/details/text").asText()).startsWith("Le statut du créneau");
        assertThat(issue(outcome, "NOT_FREE").at("/expression/0").asText()).isEqualTo("Slot.status");
    }

    @Test
    void what_is_no_resource_is_refused_with_its_reason() {
        assertThat(validate("test-ops", "/fhir/$validate", "{\"resourceType\": ")
                        .body())
                .contains("is not JSON", "line 1");
        assertThat(validate("test-ops", "/fhir/Slot/$validate", right().toJson())
                        .statusCode())
                .isEqualTo(400);
        assertThat(validate("test-ops", "/fhir/$validate", "{}").statusCode()).isEqualTo(400);
        assertThat(validate("test-ops", "/fhir/$validate", "{\"resourceType\": \"Parameters\"}")
                        .body())
                .contains("Parameters.parameter");
        assertThat(HubClient.at(port).get("/fhir/$validate").statusCode()).isEqualTo(405);
        assertThat(HubClient.at(port).json("/fhir/metadata").toString()).contains("\"name\":\"validate\"");
    }

    @Test
    void the_server_of_a_vendor_is_checked_with_its_descriptor_and_sees_get_only() {
        try (FakeVendor vendor = GoodVendor.with(BundleFaults.set("Slot", "/comment", "\"Appeler\""))) {
            arrive(vendor, GoodVendor.ALICE, GoodVendor.BERNARD, GoodVendor.SOS);

            JsonNode report = HubClient.json(ops("/check", "{\"communities\": [\"" + GoodVendor.CPTS + "\"]}"));

            assertThat(report.path("passed").asBoolean()).isFalse();
            assertThat(broken(report)).containsExactly("BAD_URL");
            assertThat(report.path("counts").path("passed").asInt()).isGreaterThan(60);
            assertThat(vendor.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
        }
    }

    @Test
    void whom_to_ask_for_may_be_said_and_accounts_are_written_when_allowed() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            arrive(vendor, GoodVendor.SOS);

            HttpResponse<String> page =
                    ops("/check?format=html", "{\"practitioners\": [\"" + GoodVendor.ALICE + "\"], \"write\": true}");

            assertThat(page.body()).startsWith("<!doctype html>").contains("ACCOUNT_CREATED");
            assertThat(vendor.accounts()).hasSize(3);
        }
    }

    @Test
    void whoever_refuses_display_is_not_asked_for_even_to_check() {
        HubClient portal = HubClient.at(port).as("test-portal");
        portal.knows("899900000612");
        assertThat(portal.put("/api/v1/practitioners/899900000612/settings", "{\"vendorSlotsHidden\": true}")
                        .statusCode())
                .isEqualTo(200);
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            arrive(vendor, GoodVendor.ALICE);
            HttpResponse<String> refused = ops("/check", "{\"practitioners\": [\"899900000612\"]}");

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("practitioners", "refuses to be shown");
            HttpResponse<String> asUnknown =
                    ops("/check", "{\"unknownPractitioner\": \"899900000612\", \"practitioners\": [\"899900000601\"]}");
            assertThat(asUnknown.statusCode()).isEqualTo(422);
            assertThat(asUnknown.body()).contains("unknownPractitioner", "refuses to be shown");
            assertThat(vendor.asked()).doesNotContain("899900000612");
        }
    }

    @Test
    void a_vendor_that_checks_itself_does_not_learn_who_refuses_display() {
        HubClient portal = HubClient.at(port).as("test-portal");
        Stream.of("899900000613", "899900000614", "899900000615", "899900000616")
                .forEach(portal::knows);
        Stream.of("899900000613", "899900000615")
                .forEach(refusing -> HubClient.json(portal.put(
                        "/api/v1/practitioners/" + refusing + "/settings", "{\"vendorSlotsHidden\": true}")));
        HubClient.json(portal.put("/api/v1/practitioners/899900000616/settings", "{\"vendorSlotsHidden\": false}"));
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            Descriptor.of("agenda-soleil")
                    .at(vendor.baseUrl())
                    .status("trial")
                    .roster(GoodVendor.ALICE, "899900000613")
                    .poll("every: 1h")
                    .dropInto(connectors);
            await().untilAsserted(() -> assertThat(vendor.asked()).containsExactly(GoodVendor.ALICE));

            assertThat(Stream.of("899900000613", "899900000614", "899900000615", "899900000616", "899900000617")
                            .map(one -> own("{\"practitioners\": [\"" + one + "\"]}")
                                    .replace(one, "somebody")))
                    .as("refuses and is listed, known, refuses, does not refuse, unknown")
                    .allMatch(answer -> answer.startsWith("422") && answer.contains("somebody"))
                    .matches(answers -> answers.stream().distinct().count() == 1);
            assertThat(Stream.of("899900000613", "899900000614", "899900000615", "899900000616", GoodVendor.ALICE)
                            .map(one -> own("{\"unknownPractitioner\": \"" + one + "\"}")
                                    .replace(one, "somebody")))
                    .as("refuses, known, refuses, does not refuse, is asked for")
                    .allMatch(answer -> answer.startsWith("422") && answer.contains("somebody"))
                    .matches(answers -> answers.stream().distinct().count() == 1);
            assertThat(vendor.requests()).as("the hub's own").allMatch(request -> request.contains(GoodVendor.ALICE));
            assertThat(own("{\"practitioners\": [\"" + GoodVendor.ALICE
                            + "\"], \"unknownPractitioner\": \"899900000618\"}"))
                    .startsWith("200");
        } finally {
            Descriptor.of("agenda-soleil").leaves(connectors, port);
        }
    }

    @Test
    void nor_does_a_vendor_that_is_asked_for_everybody_once_to_learn_whom_it_knows() {
        HubClient portal = HubClient.at(port).as("test-portal");
        Stream.of("899900000619", "899900000620").forEach(portal::knows);
        HubClient.json(portal.put("/api/v1/practitioners/899900000620/settings", "{\"vendorSlotsHidden\": true}"));
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            vendor.hang();
            Descriptor.of("agenda-soleil").at(vendor.baseUrl()).withoutRoster().dropInto(connectors);
            await().until(() -> jdbc.queryForObject(
                            "SELECT count(*) FROM connector_target WHERE source = 'agenda-soleil' AND sought"
                                    + " AND subject = '899900000619'",
                            Long.class)
                    == 1);

            assertThat(own("{\"practitioners\": [\"899900000619\"]}").replace("899900000619", "somebody"))
                    .startsWith("422")
                    .isEqualTo(own("{\"practitioners\": [\"899900000620\"]}").replace("899900000620", "somebody"));
        } finally {
            Descriptor.of("agenda-soleil").leaves(connectors, port);
        }
    }

    private String own(String json) {
        HttpResponse<String> answer =
                HubClient.at(port).as("test-vendor-agenda-soleil").post("/api/v1/connectors/agenda-soleil/check", json);
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void nonsense_is_refused_field_by_field_and_nobody_checks_somebody_elses_server() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            arrive(vendor, GoodVendor.ALICE);

            assertThat(ops("/check", "{\"practitioners\": [\"12\"], \"associations\": [\"x\"]}")
                            .body())
                    .contains("practitioners", "associations", "national identifiers, not 12");
            assertThat(ops("/check?format=pdf", "{}").statusCode()).isEqualTo(422);
            assertThat(HubClient.at(port)
                            .as("test-vendor-agenda-soleil")
                            .post("/api/v1/connectors/" + vendorId + "/check", "{}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(HubClient.at(port)
                            .as("test-vendor-agenda-soleil")
                            .post("/api/v1/connectors/agenda-soleil/check", "{}")
                            .statusCode())
                    .isIn(404, 422, 200);
        }
    }

    private void arrive(FakeVendor vendor, String... roster) {
        Descriptor.of(vendorId)
                .at(vendor.baseUrl())
                .status("trial")
                .flows("individual, sos")
                .roster(roster)
                .poll("every: 1h")
                .dropInto(connectors);
        await().untilAsserted(() -> assertThat(vendor.asked()).containsExactlyInAnyOrder(roster));
        vendor.forget();
    }

    private HttpResponse<String> ops(String path, String json) {
        return HubClient.at(port).as("test-ops").post("/api/v1/connectors/" + vendorId + path, json);
    }

    private static List<String> broken(JsonNode report) {
        return report.path("checks").findParents("examples").stream()
                .filter(check -> !check.path("examples").isEmpty())
                .map(check -> check.path("id").asText())
                .toList();
    }

    private static List<String> rulesOf(JsonNode outcome) {
        return outcome.path("issue").findParents("details").stream()
                .map(issue -> issue.at("/details/coding/0/code").asText())
                .toList();
    }

    private static JsonNode issue(JsonNode outcome, String rule) {
        return outcome.path("issue").findParents("details").stream()
                .filter(issue -> issue.at("/details/coding/0/code").asText().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome.toPrettyString()));
    }
}
