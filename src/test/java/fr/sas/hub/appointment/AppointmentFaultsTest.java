package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirProfiles;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.AppointmentRule;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.JsonChange;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What is wrong with an Appointment is said at once, all of it, with the element and the rule. */
@HubTest
@Import(MovableClock.Wound.class)
class AppointmentFaultsTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Instant TEN = EIGHT.plus(Duration.ofHours(2));

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    FhirProfiles profiles;

    private HubClient vendor;

    @BeforeEach
    void eight_o_clock() {
        clock.moveTo(EIGHT);
        vendor = HubClient.at(port).as("test-vendor-rdv-a");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(400, "Appointment", json -> json.put("resourceType", "Slot")),
                fault(
                        422,
                        "Appointment.implicitRules",
                        json -> json.put("implicitRules", "https://vendor.example/rules")),
                fault(
                        422,
                        "Appointment.modifierExtension",
                        json -> json.putArray("modifierExtension")
                                .addObject()
                                .put("url", "https://vendor.example/only-an-idea")),
                fault(
                        422,
                        "Appointment.participant[0].modifierExtension",
                        json -> object(json, "/participant/0")
                                .putArray("modifierExtension")
                                .addObject()
                                .put("url", "https://vendor.example/replaced-by")),
                fault(
                        422,
                        "Appointment.participant",
                        json -> object(json, "/participant/0/actor/identifier").put("use", "old")),
                fault(422, "Appointment.identifier", json -> json.remove("identifier")),
                fault(
                        422,
                        "Appointment.identifier",
                        json -> json.withArray("identifier").addObject()),
                fault(400, "Appointment.identifier", json -> json.put("identifier", "x")),
                fault(
                        422,
                        "Appointment.identifier[0].system",
                        json -> object(json, "/identifier/0").remove("system")),
                fault(
                        422,
                        "Appointment.identifier[0].value",
                        json -> object(json, "/identifier/0").put("value", "null")),
                fault(
                        400,
                        "Appointment.identifier[0].value",
                        json -> object(json, "/identifier/0").put("value", 7)),
                fault(
                        400,
                        "Appointment.identifier[0].value",
                        json -> object(json, "/identifier/0").put("value", " ")),
                fault(
                        400,
                        "Appointment.identifier[0].value",
                        json -> object(json, "/identifier/0").put("value", "a\0b")),
                fault(
                        400,
                        "Appointment.identifier[0].system",
                        json -> object(json, "/identifier/0").put("system", "a\u0001b")),
                fault(
                        422,
                        "Appointment.identifier[0].value",
                        json -> object(json, "/identifier/0").put("value", "\u20AC".repeat(700))),
                fault(
                        400,
                        "Appointment.slot[0].reference",
                        json -> json.putArray("slot").addObject().put("reference", "Slot/\0")),
                fault(422, "Appointment.status", json -> json.remove("status")),
                fault(422, "Appointment.status", json -> json.put("status", "pending")),
                fault(400, "Appointment.status", json -> json.put("status", "reserved")),
                fault(422, "Appointment.extension", json -> json.remove("extension")),
                fault(
                        422,
                        "Appointment.extension[0].valueReference.identifier",
                        json -> object(json, "/extension/0").remove("valueReference")),
                fault(
                        422,
                        "Appointment.extension[0].valueReference.identifier.value",
                        json -> object(json, "/extension/0/valueReference/identifier")
                                .remove("value")),
                fault(
                        422,
                        "Appointment.extension[0].valueReference.identifier.value",
                        json -> object(json, "/extension/0/valueReference/identifier")
                                .put("system", "urn:oid:1.2.250.1.213.3.6")
                                .put("value", "no-uuid")),
                fault(
                        422,
                        "Appointment.extension[0].valueReference.identifier.system",
                        json -> object(json, "/extension/0/valueReference/identifier")
                                .put("system", "urn:other")),
                fault(422, "Appointment.start", json -> json.remove("start")),
                fault(400, "Appointment.start", json -> json.put("start", "2026-06-12T10:00:00")),
                fault(400, "Appointment.end", json -> json.put("end", "tomorrow")),
                fault(422, "Appointment.end", json -> json.put("end", "2026-06-12T09:00:00Z")),
                fault(422, "Appointment.end", json -> json.put("end", "2026-06-14T10:00:00Z")),
                fault(422, "Appointment.participant", json -> json.remove("participant")),
                fault(
                        422,
                        "Appointment.participant[0].actor.identifier.value",
                        json -> object(json, "/participant/0/actor/identifier").put("value", "12")),
                fault(
                        422,
                        "Appointment.participant[0].status",
                        json -> object(json, "/participant/0").put("status", "declined")),
                fault(
                        422,
                        "Appointment.participant[0].status",
                        json -> object(json, "/participant/0").remove("status")),
                fault(400, "Appointment.slot", json -> json.put("slot", "Slot/1")),
                fault(
                        400,
                        "Appointment.slot[0].reference",
                        json -> json.putArray("slot").addObject().put("reference", 1)),
                fault(
                        422,
                        "Appointment.meta.lastUpdated",
                        json -> json.putObject("meta").put("lastUpdated", "2026-06-12T08:11:00Z")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_told_with_its_element(int status, String expression, Consumer<ObjectNode> bend) {
        AnAppointment appointment = AnAppointment.with("810000031999", TEN);
        bend.accept(appointment.bent());

        HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment.toString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(expressions(answer)).containsExactly(expression);
        if (!expression.equals("Appointment")) {
            assertThat(refusing(validated(appointment.bent()))).containsExactlyElementsOf(refusing(answer));
        }
    }

    /** Every seventh of all single changes: enough over HTTP, where every one of them is judged by the same program. */
    @Test
    void what_is_refused_is_what_validation_refuses() {
        List<JsonChange> changes = ChangedAppointments.changes(EIGHT);
        int refused = 0;
        for (int i = 0; i < changes.size(); i += 7) {
            ObjectNode appointment = ChangedAppointments.changed(EIGHT, List.of(changes.get(i)));
            HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment.toString());
            refused += answer.statusCode() >= 400 ? 1 : 0;

            assertThat(refusing(validated(appointment)))
                    .as("%s", changes.get(i))
                    .containsExactlyElementsOf(answer.statusCode() < 400 ? List.of() : refusing(answer));
        }
        assertThat(refused).isBetween(10, changes.size() / 7 - 10);
    }

    private HttpResponse<String> validated(ObjectNode appointment) {
        HttpResponse<String> outcome = vendor.post("/fhir/$validate", appointment.toString());
        assertThat(outcome.statusCode()).as(outcome.body()).isEqualTo(200);
        return outcome;
    }

    /** The rules, with their elements, that cost the appointment. */
    private static List<String> refusing(HttpResponse<String> outcome) {
        Set<String> costly = Stream.concat(Stream.of(AppointmentRule.values()), Stream.of(AnswerRule.values()))
                .filter(rule -> rule.severity().costsSlots())
                .map(Rule::id)
                .collect(Collectors.toSet());
        return StreamSupport.stream(
                        BookedWithTwoVendors.json(outcome).path("issue").spliterator(), false)
                .filter(issue ->
                        costly.contains(issue.at("/details/coding/0/code").asText()))
                .map(issue -> issue.at("/details/coding/0/code").asText() + " at "
                        + issue.at("/expression/0").asText())
                .toList();
    }

    @Test
    void all_faults_are_told_at_once() {
        AnAppointment appointment = AnAppointment.with("12", TEN).status("pending");
        appointment.bent().remove("extension");
        appointment.bent().put("end", "soon");

        HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment.toString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(expressions(answer))
                .containsExactlyInAnyOrder(
                        "Appointment.status",
                        "Appointment.extension",
                        "Appointment.end",
                        "Appointment.participant[0].actor.identifier.value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "<Appointment/>", "\"Appointment\""})
    void what_is_no_appointment_is_malformed(String body) {
        HttpResponse<String> answer = vendor.post("/fhir/Appointment", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(expressions(answer)).containsExactly("Appointment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?identifier=",
                "?identifier=x",
                "?identifier=a%7C",
                "?identifier=a%7Cb&identifier=a%7Cc",
                "?identifier=a%7Cb%00",
                "?identifier=%00%7Cb",
                "?identifier=%7Cb"
            })
    void an_update_without_an_identifier_is_malformed(String query) {
        HttpResponse<String> answer = vendor.put(
                "/fhir/Appointment" + query,
                AnAppointment.with("810000031999", TEN).toString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void the_identifier_of_the_address_is_the_one_of_the_appointment() {
        HttpResponse<String> answer = vendor.put(
                AnAppointment.with("810000031999", TEN).address(),
                AnAppointment.with("810000031999", TEN).toString());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(expressions(answer)).containsExactly("Appointment.identifier[0]");
    }

    @Test
    void what_is_too_long_is_not_read() {
        AnAppointment appointment = AnAppointment.with("810000031999", TEN);
        appointment.bent().put("description", "x".repeat(70_000));

        assertThat(vendor.post("/fhir/Appointment", appointment.toString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_regulator_may_have_a_uuid_and_a_practitioner_no_prefix() {
        AnAppointment appointment = AnAppointment.with("10000031999", TEN);
        object(appointment.bent(), "/extension/0/valueReference/identifier")
                .put("system", "urn:oid:1.2.250.1.213.3.6")
                .put("value", "b6e39355-8a61-4556-b340-36f7b95fec6a")
                .remove("type");

        JsonNode kept = BookedWithTwoVendors.json(vendor.post("/fhir/Appointment", appointment.toString()));

        assertThat(kept.at("/participant/0/actor/identifier/value").asText()).isEqualTo("810000031999");
        assertThat(kept.at("/extension/0/valueReference/identifier/system").asText())
                .isEqualTo("urn:oid:1.2.250.1.213.3.6");
    }

    @Test
    void the_patient_is_not_kept() {
        AnAppointment appointment = AnAppointment.with("810000031999", TEN);
        appointment.participant("urn:oid:1.2.250.1.213.1.4.8", "279035121518989", "INS-NIR");
        appointment.bent().put("description", "Madame Martin");

        HttpResponse<String> kept = vendor.post("/fhir/Appointment", appointment.toString());

        assertThat(kept.statusCode()).isEqualTo(201);
        assertThat(kept.body()).doesNotContain("279035121518989").doesNotContain("Martin");
    }

    @Test
    void what_is_answered_is_what_the_profile_says() {
        HttpResponse<String> kept = vendor.post(
                "/fhir/Appointment",
                AnAppointment.with("810000031999", TEN)
                        .slot("Slot/1")
                        .at("1750000001")
                        .toString());

        assertThat(profiles.check(kept.body(), FhirVocabulary.ACCEPTED_APPOINTMENT))
                .filteredOn(finding -> finding.severity() == FhirProfiles.Severity.ERROR)
                .isEmpty();
    }

    @Test
    void the_profile_refuses_what_the_hub_refuses() {
        AnAppointment appointment = AnAppointment.with("810000031999", TEN).status("pending");
        appointment.bent().remove("extension");

        assertThat(profiles.check(appointment.toString(), FhirVocabulary.ACCEPTED_APPOINTMENT))
                .filteredOn(finding -> finding.severity() == FhirProfiles.Severity.ERROR)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void the_capability_statement_says_what_may_be_declared() {
        JsonNode statement = HubClient.at(port).json("/fhir/metadata");

        JsonNode appointment = StreamSupport.stream(
                        statement.at("/rest/0/resource").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("Appointment"))
                .findFirst()
                .orElseThrow();
        assertThat(appointment.path("interaction").findValuesAsText("code"))
                .containsExactly("create", "read", "update");
    }

    private static Arguments fault(int status, String expression, Consumer<ObjectNode> bend) {
        return Arguments.of(status, expression, bend);
    }

    private static ObjectNode object(ObjectNode json, String pointer) {
        return (ObjectNode) json.at(pointer);
    }

    private static List<String> expressions(HttpResponse<String> answer) {
        return StreamSupport.stream(
                        BookedWithTwoVendors.json(answer).path("issue").spliterator(), false)
                .map(issue -> issue.at("/expression/0").asText())
                .toList();
    }
}
