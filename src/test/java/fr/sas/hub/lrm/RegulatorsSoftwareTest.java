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
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestBroker;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Bookings, as the regulators' software hears of them over a real broker (INT_L02). */
@HubTest
@EnabledIf(value = "isThereABroker", disabledReason = TestBroker.ABSENT)
class RegulatorsSoftwareTest {

    private static final Optional<TestBroker> BROKER = TestBroker.find();

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(RegulatorsSoftwareTest.class.getResourceAsStream("/lrm/message.schema.json"));

    private final FakeLrm lrm = new FakeLrm(broker().port());

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    RegulatorsSoftware software;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    static boolean isThereABroker() {
        return BROKER.isPresent();
    }

    private static TestBroker broker() {
        return BROKER.orElseThrow();
    }

    @DynamicPropertySource
    static void whereTheBrokerIs(DynamicPropertyRegistry settings) {
        settings.add("hub.lrm.sender", () -> FakeLrm.SENDER);
        settings.add("hub.lrm.recipient", () -> FakeLrm.RECIPIENT);
        settings.add("hub.lrm.confirm-within", () -> "2s");
        settings.add("spring.rabbitmq.host", () -> "127.0.0.1");
        settings.add("spring.rabbitmq.port", () -> broker().port());
    }

    @AfterAll
    static void the_broker_goes() {
        BROKER.ifPresent(TestBroker::close);
    }

    @BeforeEach
    void the_software_listens() throws Exception {
        lrm.connect();
    }

    @AfterEach
    void the_software_leaves() {
        Descriptor.of("rdv-a").removeFrom(connectors);
        lrm.close();
    }

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

    @Test
    void what_is_rolled_back_is_not_told() {
        UUID undone = UUID.randomUUID();
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            software.tell(aBooking(undone).booking());
            transaction.setRollbackOnly();
        });
        UUID done = UUID.randomUUID();
        tell(aBooking(done));

        only(done);
        assertThat(lrm.appointments(undone.toString())).isEmpty();
    }

    @Test
    void a_broker_that_dies_in_the_middle_of_a_thousand_changes_loses_none_and_disorders_none() throws Exception {
        List<UUID> bookings =
                IntStream.range(0, 100).mapToObj(i -> UUID.randomUUID()).toList();
        for (int change = 0; change < 10; change++) {
            for (UUID booking : bookings) {
                tell(aBooking(booking)
                        .from(Instant.parse("2026-06-17T12:00:00Z").plusSeconds(60L * change)));
                // asked for on purpose
                tell(aBooking(booking)
                        .from(Instant.parse("2026-06-17T12:00:00Z").plusSeconds(60L * change)));
            }
            if (change == 4) {
                broker().kill();
            }
        }
        await().untilAsserted(() -> assertThat(outbox().path("state").asText()).isEqualTo("FAILING"));
        lrm.close();
        broker().start();
        lrm.connect();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> outbox().path("waiting").asInt() == 0);
        await().untilAsserted(() -> assertThat(distributions()).containsAll(told(bookings)));
        for (UUID booking : bookings) {
            Set<String> starts = new LinkedHashSet<>();
            lrm.appointments(booking.toString())
                    .forEach(told -> starts.add(told.path("start").asText()));
            assertThat(starts)
                    .as("each change once and in order, when what came twice is known by its id")
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj("2026-06-17T14:%02d:00+02:00"::formatted)
                            .toList());
            assertThat(lrm.appointments(booking.toString())
                            .getLast()
                            .path("start")
                            .asText())
                    .isEqualTo("2026-06-17T14:09:00+02:00");
        }
    }

    @Test
    void a_letter_is_given_up_after_failing_for_long_and_not_for_having_waited_and_says_so() throws Exception {
        lrm.isCutOff();
        UUID id = UUID.randomUUID();
        tell(aBooking(id));
        jdbc.update("UPDATE outbox_letter SET put_at = now() - interval '8 days' WHERE key = ?", id.toString());
        await().until(() -> pending(id).path("attempts").asInt() > 2);
        assertThat(message(id, 0).path("state").asText()).isEqualTo("WAITING");

        giveUp(id);

        assertThat(message(id, 0).path("said").asText()).startsWith("given up; the last failure: no queue accepts it");
        lrm.isReachedAgain();
        HubClient.json(hub().post(
                        "/api/v1/outbox/lrm/letters/" + pending(id).path("id") + "/send-again",
                        "{\"reason\":\"they are back\"}"));
        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("PUBLISHED"));
    }

    @Test
    void a_letter_given_up_that_a_newer_one_replaces_or_somebody_throws_away_does_not_wait_for_ever() throws Exception {
        lrm.isCutOff();
        UUID replaced = UUID.randomUUID();
        UUID discarded = UUID.randomUUID();
        tell(aBooking(replaced));
        tell(aBooking(discarded));
        giveUp(replaced);
        giveUp(discarded);
        hub().delete("/api/v1/outbox/lrm/letters/" + pending(discarded).path("id") + "?reason=told+by+telephone");
        lrm.isReachedAgain();

        tell(aBooking(replaced));
        tell(aBooking(discarded));

        for (UUID booking : List.of(replaced, discarded)) {
            await().untilAsserted(() ->
                    assertThat(message(booking, 1).path("state").asText()).isEqualTo("PUBLISHED"));
        }
        assertThat(message(replaced, 0).path("state").asText()).isEqualTo("REPLACED");
        assertThat(message(discarded, 0).path("state").asText()).isEqualTo("DISCARDED");
    }

    private void giveUp(UUID booking) {
        await().untilAsserted(() -> {
            jdbc.update(
                    "UPDATE outbox_letter SET first_failed_at = now() - interval '8 days' WHERE key = ? AND first_failed_at IS NOT NULL",
                    booking.toString());
            assertThat(message(booking, 0).path("state").asText()).isEqualTo("GIVEN_UP");
        });
    }

    private JsonNode pending(UUID booking) {
        return hub().json("/api/v1/lrm/appointments/" + booking).path("pending").path(0);
    }

    private Set<String> distributions() {
        Set<String> ids = new HashSet<>();
        lrm.received().forEach(message -> ids.add(message.path("distributionID").asText()));
        return ids;
    }

    private List<String> told(List<UUID> bookings) {
        List<String> ids = new ArrayList<>();
        for (UUID booking : bookings) {
            hub().json("/api/v1/lrm/appointments/" + booking)
                    .path("messages")
                    .forEach(message -> ids.add(FakeLrm.SENDER + "_"
                            + message.path("distributionId").asText()));
        }
        return ids;
    }

    private JsonNode only(UUID booking) {
        await().until(() -> lrm.appointments(booking.toString()).size() == 1);
        return lrm.received().stream()
                .filter(message ->
                        appointment(message).path("appointmentId").asText().equals(booking.toString()))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode message(UUID booking, int number) {
        return hub().json("/api/v1/lrm/appointments/" + booking)
                .path("messages")
                .get(number);
    }

    private JsonNode outbox() {
        return hub().json("/api/v1/outbox/lrm");
    }

    private void tell(Bookings booking) {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> software.tell(booking.booking()));
    }

    private HubClient hub() {
        return HubClient.at(port).as("test-ops");
    }
}
