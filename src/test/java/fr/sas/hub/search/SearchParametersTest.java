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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each search parameter as R4's search page defines its type: obeyed, refused with its name, or told that it finds nothing. */
@HubTest
class SearchParametersTest {

    private static final PractitionerId ALICE = Batches.newPractitioner();
    private static final PractitionerId BRUNO = Batches.newPractitioner();
    private static final String OF_PRACTITIONERS = "schedule.actor:Practitioner.identifier";
    private static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.1";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @BeforeEach
    void two_practitioners_with_three_slots_each() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, List.of(ALICE, BRUNO), now.plus(Duration.ofHours(1)), 3), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "free",
                "http://hl7.org/fhir/slotstatus%7Cfree",
                "http://hl7.org/fhir/slotstatus|free",
                "http://hl7.org/fhir/slotstatus%7C",
                "busy,free",
                "busy,http://hl7.org/fhir/slotstatus%7Cfree",
                "free&status=free"
            })
    void a_status_is_free_with_its_system_or_without_alone_or_among_others(String status) {
        assertThat(total("status=" + status)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.org/statuses%7Cfree", "%7Cfree", "Free", "frei", "free%7C", "free,available", ""
            })
    void what_is_no_status_is_refused(String status) {
        assertRefused("status=" + status, "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "http://hl7.org/fhir/slotstatus%7Cbusy-unavailable", "free&status=busy"})
    void of_other_statuses_it_is_told_that_the_hub_has_none(String status) {
        JsonNode bundle = HubClient.at(port).json(with("status=" + status));

        assertThat(bundle.path("total").asInt()).isZero();
        assertThat(bundle.toString()).contains("the hub holds only free slots");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "SYSTEM%7CALICE 3",
                "SYSTEM|ALICE 3",
                "ALICE 3",
                "ALICE,BRUNO 6",
                "SYSTEM%7CALICE,BRUNO 6",
                "ALICE,SYSTEM%7CALICE 3",
                "SYSTEM%7CALICE&PARAMETER=ALICE 3",
                "ALICE,BRUNO&PARAMETER=BRUNO 3",
                ",ALICE,, 3",
                "urn:oid:1.2.250.1.71.4.2.1%5C%7CALICE,ALICE 3"
            })
    void identifiers_come_with_their_system_or_without_and_any_of_a_list_but_all_of_a_repetition(
            String value, int total) {
        assertThat(total(OF_PRACTITIONERS + "=" + filled(value))).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%7CALICE", "SYSTEM%7C", "ALICE,SYSTEM%7C", "ALICE&PARAMETER=BRUNO", "", ","})
    void identifiers_without_system_systems_without_identifier_and_two_persons_in_one_are_refused(String value) {
        assertRefused(OF_PRACTITIONERS + "=" + filled(value), OF_PRACTITIONERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:oid:1.2.3%7CALICE", "urn:oid:1.2.250.1.71.4.2.2%7CALICE", "SYSTEM%7CCamille", "12"})
    void an_identifier_of_another_system_or_form_is_named_and_loses_nobody_else(String value) {
        JsonNode alone = HubClient.at(port).json(with(OF_PRACTITIONERS + "=" + filled(value)));
        JsonNode beside = HubClient.at(port).json(with(OF_PRACTITIONERS + "=" + filled(value + ",BRUNO")));

        assertThat(alone.path("total").asInt()).isZero();
        assertThat(alone.toString())
                .contains("no match for the identifier " + filled(value).replace("%7C", "|"));
        assertThat(beside.path("total").asInt()).isEqualTo(3);
        assertThat(beside.toString()).contains("no match for the identifier");
    }

    @Test
    void an_identifier_that_nobody_has_finds_nothing_without_a_word() {
        JsonNode bundle =
                HubClient.at(port).json(with(OF_PRACTITIONERS + "=" + SYSTEM + "%7C" + Batches.newPractitioner()));

        assertThat(bundle.has("entry")).isFalse();
    }

    @Test
    void a_chain_may_name_each_of_its_types() {
        String typed = with("").replace(OF_PRACTITIONERS, "schedule:Schedule.actor:Practitioner.identifier");

        assertThat(HubClient.at(port).json(typed).path("total").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status:not=busy", "start:missing=false", OF_PRACTITIONERS + ":of-type=a", "schedule.actor=1"})
    void modifiers_and_other_chains_are_refused_by_name(String parameter) {
        assertRefused(parameter, parameter.split("=")[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "_include=Slot:schedule:Schedule&_include:iterate=Schedule:actor Schedule,PractitionerRole,Practitioner",
                "_include=Slot:schedule&_include:iterate=Schedule:actor:Practitioner Schedule,Practitioner",
                "_include=Slot:schedule&_include:iterate=Schedule:actor:PractitionerRole Schedule,PractitionerRole",
                "_include=Slot:schedule&_include:iterate=Schedule:actor:Location Schedule"
            })
    void an_include_may_name_the_type_it_wants(String includes, String types) {
        String search = with("").replaceAll("_include=.*?&start", includes + "&start");

        assertThat(HubClient.at(port).json(search).findValuesAsText("resourceType").stream()
                        .filter(type -> !type.equals("Bundle") && !type.equals("Slot") && !type.equals("Location"))
                        .toList())
                .isEqualTo(List.of(types.split(",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_include=*", "_include=Slot:appointment", "_revinclude=Slot:schedule", "_include="})
    void what_cannot_be_included_is_refused_or_told_when_leniency_is_asked_for(String include) {
        assertRefused(include, include.split("=")[0]);

        HttpResponse<String> lenient = HubClient.at(port)
                .send(HubClient.at(port)
                        .request(with(include))
                        .header("Prefer", "return=minimal")
                        .header("Prefer", "respond-async, Handling=\"lenient\"; wait=3"));
        assertThat(lenient.body()).contains("Ignored, as requested: " + include);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_count=-1", "_count=ten", "_count=", "_count=1,2", "_count=1&_count=2", "_after=x", "_after=1.2"
            })
    void what_is_no_page_is_refused(String page) {
        assertRefused(page, page.split("=")[0]);
    }

    @Test
    void the_links_of_a_posted_search_can_be_followed() {
        String form = with("_count=2").replaceFirst("^.*\\?", "").replace("+", "%2B");
        JsonNode page = HubClient.json(HubClient.at(port)
                .send(HubClient.at(port)
                        .request("/fhir/Slot/_search?_pretty=false")
                        .header("Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8")
                        .POST(BodyPublishers.ofString(form))));
        JsonNode self = HubClient.at(port).json(path(page, 0));
        JsonNode next = HubClient.at(port).json(path(page, 1));

        assertThat(ids(self)).isEqualTo(ids(page)).hasSize(2);
        assertThat(ids(next)).hasSize(1).doesNotContainAnyElementsOf(ids(page));
        assertThat(path(next, 0)).isEqualTo(path(page, 1));
    }

    @Test
    void the_format_may_stand_in_the_form() {
        HttpResponse<String> xml = HubClient.at(port)
                .send(HubClient.at(port)
                        .request("/fhir/Slot/_search")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                with("_format=xml").replaceFirst("^.*\\?", "").replace("+", "%2B"))));

        assertThat(xml.body()).startsWith("<Bundle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "application/fhir+xml;q=0.1, application/fhir+json > application/fhir+json",
                "application/fhir+json;q=0.5, application/fhir+xml;q=0.7 > application/fhir+xml",
                "application/fhir+xml, */*;q=0.8 > application/fhir+xml",
                "text/html, image/gif, *; q=.2, */*; q=.2 > application/fhir+json",
                "application/fhir+json;q=0, */* > application/fhir+xml",
                "text/html;q=0.9, Application/FHIR+JSON;fhirVersion=4.0;q=0.8 > application/fhir+json",
                "garbage, application/xml > application/xml"
            })
    void of_several_formats_the_one_liked_best_is_written(String accept, String written) {
        assertThat(HubClient.at(port)
                        .send(HubClient.at(port).request(with("")).header("Accept", accept.strip()))
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(written.strip() + ";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "image/*", "application/fhir+json;q=0", "garbage"})
    void formats_that_the_hub_does_not_write_are_406(String accept) {
        assertThat(HubClient.at(port)
                        .send(HubClient.at(port).request(with("")).header("Accept", accept))
                        .statusCode())
                .isEqualTo(406);
    }

    private int total(String parameters) {
        return HubClient.at(port).json(with(parameters)).path("total").asInt();
    }

    private void assertRefused(String parameters, String name) {
        HttpResponse<String> refused = HubClient.at(port).get(with(parameters));

        assertThat(refused.statusCode()).as(parameters).isEqualTo(400);
        assertThat(refused.body()).contains("OperationOutcome", name);
    }

    private static String filled(String value) {
        return value.replace("SYSTEM", SYSTEM)
                .replace("PARAMETER", OF_PRACTITIONERS)
                .replace("ALICE", ALICE.value())
                .replace("BRUNO", BRUNO.value());
    }

    /** The guide's search for Alice, with these parameters in the place of its own of the same name, or beside them. */
    private String with(String parameters) {
        String search = HubClient.slotsOf(now, ALICE.value());
        String name = parameters.split("=")[0];
        if (name.equals("status") || name.equals(OF_PRACTITIONERS)) {
            search = search.replaceAll("&" + name.replace(".", "\\.") + "=[^&]*", "");
        }
        return (search + (parameters.isEmpty() ? "" : "&" + parameters)).replace("|", "%7C");
    }

    private static String path(JsonNode bundle, int link) {
        return bundle.path("link").path(link).path("url").asText().replaceFirst("^http://[^/]*", "");
    }

    private static List<String> ids(JsonNode bundle) {
        return bundle.path("entry").findValues("resource").stream()
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("id").asText())
                .toList();
    }
}
