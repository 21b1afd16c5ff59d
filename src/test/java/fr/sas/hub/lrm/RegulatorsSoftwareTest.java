package fr.sas.hub.lrm;

import static fr.sas.hub.lrm.Bookings.aBooking;
import static fr.sas.hub.lrm.FakeLrm.appointment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import fr.sas.hub.lrm.Booking.Status;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bookings, as the regulators' software hears of them over a real broker (INT_L02). */
@EnabledIf(value = "isThereABroker", disabledReason = TestBroker.ABSENT)
class RegulatorsSoftwareTest extends RegulatorsSoftwareHub {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(RegulatorsSoftwareHub.class.getResourceAsStream("/lrm/message.schema.json"));

    @Test
    void a_booking_is_told_as_in_the_guides_example() throws Exception {
        UUID id = UUID.randomUUID();

        tell(aBooking(id));

        JsonNode message = only(id);
        assertThat(SCHEMA.validate(message)).isEmpty();
        assertThat(appointment(message)).isEqualTo(new ObjectMapper().readTree("""
                {"appointmentId": "%s", "method": "CreateAppointment", "created": "2025-06-17T10:15:00+02:00", "status": "booked",
                 "orientationCategory": "PS", "start": "2025-06-17T14:00:00+02:00", "end": "2025-06-17T14:20:00+02:00",
                 "practitioner": {"rppsId": "810005681340", "lastName": "MOREL", "firstName": "Didier", "specialityCode": "SM54",
                   "specialityUrl": "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale",
                   "professionUrl": "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante",
                   "professionCode": "10"},
                 "regulator": {"regulatorId": "3620100057/70326SR", "regulatorName": "RICART", "regulatorFirstname": "Pauline",
                   "regulatorEmail": "pauline.ricart@ghsas.example"}}""".formatted(id)));
        JsonNode reference = message.at("/content/0/jsonContent/embeddedJsonContent/message");
        assertThat(reference.path("messageId")).isEqualTo(message.path("distributionID"));
        assertThat(message.path("distributionID").asText()).startsWith(FakeLrm.SENDER + "_");
        assertThat(reference.at("/recipient/0/URI").asText()).isEqualTo("hubex:" + FakeLrm.RECIPIENT);
        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("PUBLISHED"));
    }

    @Test
    void later_changes_are_updates_and_a_change_of_nothing_is_none() {
        UUID id = UUID.randomUUID();
        tell(aBooking(id));
        tell(aBooking(id));
        tell(aBooking(id).now(Status.FULFILLED));
        tell(aBooking(id).now(Status.CANCELLED));
        tell(aBooking(id).now(Status.CANCELLED));

        await().untilAsserted(() -> assertThat(lrm.appointments(id.toString()))
                .extracting(told ->
                        told.path("method").asText() + " " + told.path("status").asText())
                .containsExactly(
                        "CreateAppointment booked", "UpdateAppointment fulfilled", "UpdateAppointment cancelled"));
    }

    @Test
    void an_acknowledgement_is_tied_to_its_booking() throws Exception {
        UUID id = UUID.randomUUID();
        tell(aBooking(id));

        lrm.acknowledge(only(id));

        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("ACKNOWLEDGED"));
        assertThat(message(id, 0).hasNonNull("publishedAt")).isTrue();
    }

    @Test
    void an_error_is_tied_to_its_booking_with_its_words_and_nonsense_does_no_harm() throws Exception {
        UUID id = UUID.randomUUID();
        tell(aBooking(id));
        lrm.babble("{{");
        lrm.babble("{\"distributionKind\":\"Error\"}");

        lrm.refuse(only(id), 409, "CONFLICT", "existe déjà dans la solution");

        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("REFUSED"));
        assertThat(message(id, 0).path("code").asInt()).isEqualTo(409);
        assertThat(message(id, 0).path("said").asText()).isEqualTo("CONFLICT: existe déjà dans la solution");
    }

    @Test
    void an_error_with_a_character_that_no_table_takes_is_heard_all_the_same() throws Exception {
        UUID id = UUID.randomUUID();
        tell(aBooking(id));

        lrm.refuse(only(id), 400, "BAD_REQUEST", "un \\u0000 caractère");

        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("REFUSED"));
        assertThat(message(id, 0).path("said").asText()).isEqualTo("BAD_REQUEST: un  caractère");
    }

    @Test
    void a_reply_that_cannot_be_written_down_does_not_keep_those_behind_it_from_being_heard() throws Exception {
        UUID poisoned = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        tell(aBooking(poisoned));
        tell(aBooking(other));
        JsonNode refused = only(poisoned);
        JsonNode another = only(other);
        jdbc.execute("ALTER TABLE lrm_message ADD CONSTRAINT poison CHECK (said NOT LIKE 'POISON%')");
        try {
            lrm.refuse(refused, 400, "POISON", "whatever");
            lrm.refuse(another, 409, "CONFLICT", "behind it in the same queue");

            await().untilAsserted(() ->
                    assertThat(message(other, 0).path("state").asText()).isEqualTo("REFUSED"));
            assertThat(meters.get("hub.lrm.replies")
                            .tag("kind", "rejected")
                            .counter()
                            .count())
                    .isEqualTo(1);
        } finally {
            jdbc.execute("ALTER TABLE lrm_message DROP CONSTRAINT poison");
        }
    }

    @Test
    void a_booking_by_nobody_known_is_not_told_and_says_so() {
        UUID id = UUID.randomUUID();

        tell(aBooking(id).by(null));

        assertThat(message(id, 0).path("state").asText()).isEqualTo("NOT_TOLD");
        assertThat(message(id, 0).path("said").asText()).contains("must name the regulator");
        tell(aBooking(id));
        assertThat(appointment(only(id)).path("method").asText()).isEqualTo("CreateAppointment");
    }

    @Test
    void an_appointment_that_a_vendor_declares_reaches_the_software_with_the_names_the_hub_knows() throws Exception {
        Descriptor.of("rdv-a").dropInto(connectors);
        await().until(() -> vendors.find(new Source("rdv-a")).isPresent());
        HubClient.json(hub().put("/api/v1/regulators/" + UUID.randomUUID(), """
                {"family": "LORIDON", "given": "Ana", "email": "ana@test.example", "nationalId": "3456780581/11242343"}"""));
        hub().put("/api/v1/practitioners/899900091001", """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "specialties": ["SM54"], "places": []}""");
        HubClient vendor = HubClient.at(port).as("test-vendor-rdv-a");
        AnAppointment declared =
                AnAppointment.with("899900091001", Instant.now().plus(Duration.ofHours(3)));

        assertThat(vendor.post("/fhir/Appointment", declared.toString()).statusCode())
                .isEqualTo(201);

        await().untilAsserted(() -> assertThat(toldOf("DURAND")).hasSize(1));
        JsonNode told = toldOf("DURAND").getFirst();
        assertThat(SCHEMA.validate(told)).isEmpty();
        assertThat(appointment(told).path("regulator").toString())
                .isEqualTo(
                        "{\"regulatorId\":\"3456780581/11242343\",\"regulatorName\":\"LORIDON\",\"regulatorFirstname\":\"Ana\",\"regulatorEmail\":\"ana@test.example\"}");
        assertThat(appointment(told).at("/practitioner/specialityCode").asText())
                .isEqualTo("SM54");
        assertThat(appointment(told).path("orientationCategory").asText()).isEqualTo("PS");
        assertThat(message(
                                UUID.fromString(
                                        appointment(told).path("appointmentId").asText()),
                                0)
                        .path("recipient")
                        .asText())
                .isEqualTo(FakeLrm.RECIPIENT);
    }

    @Test
    void a_regulator_is_recognised_in_every_form_that_the_door_takes() {
        UUID regulator = UUID.randomUUID();
        String platform = "urn:oid:1.2.250.1.213.3.6";
        String nation = "urn:oid:1.2.250.1.71.4.2.1";
        save(regulator, "FORMES", null);
        save(UUID.randomUUID(), "PREFIXE", "3456780777/7AB77");
        save(UUID.randomUUID(), "RPPS", "899900091777");

        declare(platform, regulator.toString().toUpperCase(Locale.ROOT));
        declare(platform, "urn:uuid:" + regulator);
        declare(nation, "456780777/7ab77");
        declare(nation, "3456780777/7AB77");
        declare(nation, "99900091777");

        await().untilAsserted(() -> assertThat(lrm.received())
                .extracting(message ->
                        appointment(message).at("/regulator/regulatorName").asText())
                .filteredOn(Set.of("FORMES", "PREFIXE", "RPPS")::contains)
                .containsExactlyInAnyOrder("FORMES", "FORMES", "PREFIXE", "PREFIXE", "RPPS"));
    }

    @Test
    void a_booking_to_come_that_could_not_be_told_is_told_when_the_account_of_its_regulator_is_saved() {
        declare("urn:oid:1.2.250.1.71.4.2.1", "456780888/8AB88");

        save(UUID.randomUUID(), "PLUSTARD", "3456780888/8AB88");

        await().untilAsserted(() -> assertThat(lrm.received())
                .extracting(message ->
                        appointment(message).at("/regulator/regulatorName").asText())
                .filteredOn("PLUSTARD"::equals)
                .hasSize(1));
    }

    @Test
    void what_could_not_be_told_in_between_does_not_make_the_next_change_a_creation() {
        UUID id = UUID.randomUUID();
        tell(aBooking(id));
        tell(aBooking(id).by(null));
        tell(aBooking(id).now(Status.CANCELLED));

        await().untilAsserted(() -> assertThat(lrm.appointments(id.toString()))
                .extracting(told -> told.path("method").asText())
                .containsExactly("CreateAppointment", "UpdateAppointment"));
    }

    private void save(UUID regulator, String family, @Nullable String nationalId) {
        HubClient.json(hub().put(
                        "/api/v1/regulators/" + regulator,
                        "{\"family\":\"%s\",\"given\":\"Ana\",\"email\":\"ana@test.example\"%s}"
                                .formatted(
                                        family, nationalId == null ? "" : ",\"nationalId\":\"" + nationalId + "\"")));
    }

    private void declare(String system, String operator) {
        Descriptor.of("rdv-a").dropInto(connectors);
        await().until(() -> vendors.find(new Source("rdv-a")).isPresent());
        AnAppointment declared =
                AnAppointment.with("899900091001", Instant.now().plus(Duration.ofHours(3)));
        ((ObjectNode) declared.bent().at("/extension/0/valueReference/identifier"))
                .put("system", system)
                .put("value", operator)
                .remove("type");
        assertThat(HubClient.at(port)
                        .as("test-vendor-rdv-a")
                        .post("/fhir/Appointment", declared.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    private List<JsonNode> toldOf(String practitioner) {
        return lrm.received().stream()
                .filter(message -> appointment(message)
                        .at("/practitioner/lastName")
                        .asText()
                        .equals(practitioner))
                .toList();
    }
}
