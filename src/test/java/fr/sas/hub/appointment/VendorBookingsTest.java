package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.asking.Inquiries;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** INT_R03 from vendors: what they declare booked is out of every answer, and comes back by their own word only. */
@HubTest
@Import(MovableClock.Wound.class)
class VendorBookingsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(31_000);
    private static final Source A = new Source("rdv-a");
    private static final Source B = new Source("rdv-b");
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Instant TEN = EIGHT.plus(Duration.ofHours(2));

    private final PractitionerId alice = Batches.practitioner(NUMBER.incrementAndGet());

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    Roster roster;

    @Autowired
    Inquiries inquiries;

    @Value("${hub.connectors}")
    Path connectors;

    private HubClient a;
    private HubClient b;

    @BeforeEach
    void two_vendors_of_hers_that_deliver() {
        clock.moveTo(EIGHT);
        Stream.of(A, B)
                .forEach(vendor -> Descriptor.of(vendor.name()).mode("push").dropInto(connectors));
        await().until(() -> vendors.find(A).isPresent() && vendors.find(B).isPresent());
        roster.practitionerSays(alice, true, Set.of(A, B));
        a = HubClient.at(port).as("test-vendor-rdv-a");
        b = HubClient.at(port).as("test-vendor-rdv-b");
    }

    @AfterEach
    void they_leave() {
        Stream.of(A, B).forEach(vendor -> Descriptor.of(vendor.name()).removeFrom(connectors));
        await().until(() -> vendors.find(A).isEmpty() && vendors.find(B).isEmpty());
    }

    @Test
    void a_declared_appointment_is_created_and_read_again_by_its_vendor_only() {
        AnAppointment booked = AnAppointment.with(alice.value(), TEN);

        HttpResponse<String> created = a.post("/fhir/Appointment", booked.toString());

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        String own = location.substring(location.indexOf("/fhir/"));
        JsonNode read = a.json(own);
        assertThat(read.path("status").asText()).isEqualTo("booked");
        assertThat(read.at("/identifier/0/value").asText()).isEqualTo(booked.identifier());
        assertThat(read.at("/participant/0/actor/identifier/value").asText()).isEqualTo(alice.value());
        assertThat(read.at("/extension/0/valueReference/identifier/value").asText())
                .isEqualTo("3456780581/11242343");
        assertThat(read.path("start").asText()).isEqualTo("2026-06-12T12:00:00.000+02:00");
        assertThat(b.get(own).statusCode()).isEqualTo(404);
        assertThat(HubClient.at(port).get(own).statusCode()).isEqualTo(404);
        assertThat(HubClient.at(port).as("test-ops").get(own).statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_only_searches_declares_nothing() {
        assertThat(HubClient.at(port)
                        .post(
                                "/fhir/Appointment",
                                AnAppointment.with(alice.value(), TEN).toString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_update_by_identifier_creates_once_and_then_changes() {
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);

        assertThat(put(a, appointment).statusCode()).isEqualTo(201);
        HttpResponse<String> changed = put(a, appointment.status("fulfilled"));

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).path("status").asText()).isEqualTo("fulfilled");
        assertThat(json(changed).at("/meta/versionId").asText()).isEqualTo("2");
    }

    @Test
    void a_replay_changes_nothing() {
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        JsonNode first = json(a.post("/fhir/Appointment", appointment.toString()));

        HttpResponse<String> again = a.post("/fhir/Appointment", appointment.toString());

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(first);
    }

    @Test
    void the_same_identifier_from_two_vendors_is_two_appointments() {
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);

        HttpResponse<String> first = put(a, appointment);
        HttpResponse<String> second = put(b, appointment.status("cancelled"));

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(json(second).path("id").asText())
                .isNotEqualTo(json(first).path("id").asText());
        assertThat(json(put(a, appointment.status("booked"))).path("status").asText())
                .isEqualTo("booked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Slot/%s", "https://rdv-a.example/r4/Slot/%s", "Slot/%s/_history/4"})
    void the_slot_that_the_vendor_names_leaves_every_answer(String reference) {
        say(A, EIGHT, 3);
        assertThat(slots()).hasSize(3);

        post(
                a,
                AnAppointment.with(alice.value(), TEN.plus(Duration.ofMinutes(15)))
                        .slot(reference.formatted(
                                A + "-" + TEN.plus(Duration.ofMinutes(15)).toEpochMilli())));

        assertThat(starts()).containsExactly("12:00", "12:30");
    }

    @Test
    void the_slot_is_also_known_by_the_id_that_the_hub_gave_it() {
        say(A, EIGHT, 2);
        String id = slots().getFirst().path("id").asText();

        post(a, AnAppointment.with(alice.value(), TEN).slot("Slot/" + id));

        assertThat(starts()).containsExactly("12:15");
    }

    @Test
    void without_a_reference_it_is_found_by_practitioner_and_time() {
        say(A, EIGHT, 2);

        post(a, AnAppointment.with(alice.value(), TEN));

        assertThat(starts()).containsExactly("12:15");
    }

    @Test
    void a_place_that_is_named_tells_equal_times_apart() {
        replace(Batches.batch(A, EIGHT, List.of(alice), TEN, 1));
        SlotBatch elsewhere = Batches.batch(B, EIGHT, List.of(alice), TEN, 1);
        replace(moved(elsewhere));
        assertThat(slots()).hasSize(2);

        post(b, AnAppointment.with(alice.value(), TEN).at("1750000002"));

        assertThat(slots()).hasSize(1);
        assertThat(slots().getFirst().at("/meta/source").asText()).isEqualTo("rdv-a");
    }

    @Test
    void an_equal_slot_of_another_vendor_leaves_too_and_stays_out_as_long_as_it_is_booked() {
        say(A, EIGHT, 1);
        say(B, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);

        put(a, appointment);
        say(B, EIGHT.plus(Duration.ofMinutes(4)), 2);
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(4)));
        assertThat(starts()).containsExactly("12:15");

        put(a, appointment.status("cancelled"));
        assertThat(starts()).containsExactly("12:15");
        say(B, EIGHT.plus(Duration.ofMinutes(5)), 2);
        assertThat(starts()).containsExactly("12:00", "12:15");
    }

    @Test
    void of_two_equal_slots_one_is_left() {
        SlotBatch one = Batches.batch(A, EIGHT, List.of(alice), TEN, 1);
        replace(twice(one));
        assertThat(slots()).hasSize(2);

        AnAppointment first = AnAppointment.with(alice.value(), TEN);
        post(a, first);
        assertThat(slots()).hasSize(1);
        replace(twice(Batches.batch(A, EIGHT.plusSeconds(1), List.of(alice), TEN, 1)));
        assertThat(slots()).hasSize(1);

        post(a, AnAppointment.with(alice.value(), TEN));
        assertThat(slots()).isEmpty();
    }

    @Test
    void an_answer_fetched_before_the_booking_or_right_after_it_does_not_bring_the_slot_back_and_a_later_one_may() {
        say(A, EIGHT.minusSeconds(30), 2);
        post(a, AnAppointment.with(alice.value(), TEN));

        say(A, EIGHT.minusSeconds(10), 2);
        assertThat(starts()).as("fetched before").containsExactly("12:15");
        say(A, EIGHT.plusSeconds(30), 2);
        assertThat(starts()).as("fetched before the vendor knew").containsExactly("12:15");
        say(A, EIGHT.plusSeconds(30), 2);
        assertThat(starts()).as("the same again").containsExactly("12:15");
        say(A, EIGHT.plusSeconds(61), 2);
        assertThat(starts()).as("fetched later").containsExactly("12:00", "12:15");
    }

    @Test
    void a_slot_booked_before_the_hub_heard_of_it_is_not_shown_by_an_answer_fetched_before() {
        post(a, AnAppointment.with(alice.value(), TEN).slot("Slot/" + A + "-" + TEN.toEpochMilli()));

        say(A, EIGHT.minusSeconds(10), 2);

        assertThat(starts()).containsExactly("12:15");
    }

    @Test
    void a_cancelled_appointment_brings_nothing_back_and_the_next_answer_of_a_vendor_that_is_asked_does() {
        Descriptor.of(A.name()).mode("pull").status("paused").dropInto(connectors);
        await().until(() -> inquiries.isAsked(A));
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        put(a, appointment);

        clock.moveTo(EIGHT.plusSeconds(5));
        put(a, appointment.status("cancelled"));
        assertThat(starts()).containsExactly("12:15");
        say(A, EIGHT.plusSeconds(4), 2);
        assertThat(starts()).as("fetched before it was cancelled").containsExactly("12:15");
        say(A, EIGHT.plusSeconds(5), 2);
        assertThat(starts()).containsExactly("12:00", "12:15");
    }

    @Test
    void a_cancellation_that_comes_before_its_booking_wins_over_it() {
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);

        put(a, appointment.status("cancelled"));
        HttpResponse<String> late =
                a.put(appointment.address(), appointment.status("booked").toString());

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).at("/issue/0/diagnostics").asText()).contains("cancelled", "version 1");
        assertThat(starts()).containsExactly("12:00", "12:15");
    }

    @Test
    void what_was_updated_later_wins_whatever_arrives_first() {
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);

        put(a, appointment.status("booked").lastUpdated(EIGHT.minusSeconds(10)));
        AnAppointment late = appointment.status("cancelled").lastUpdated(EIGHT.minusSeconds(20));
        assertThat(a.put(late.address(), late.toString()).statusCode()).isEqualTo(409);

        assertThat(json(put(a, appointment.status("booked").lastUpdated(EIGHT.minusSeconds(10))))
                        .path("status")
                        .asText())
                .isEqualTo("booked");
        assertThat(starts()).containsExactly("12:15");
    }

    @Test
    void what_is_read_is_what_was_said_last_and_its_change_is_taken() {
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        put(a, appointment.lastUpdated(EIGHT.minusSeconds(20)));
        ObjectNode later = appointment.lastUpdated(EIGHT.minusSeconds(10)).bent();
        ((ObjectNode) later.get("meta")).put("lastUpdated", "2026-06-12T07:59:50.123Z");
        JsonNode again = json(a.put(appointment.address(), later.toString()));
        ObjectNode read =
                (ObjectNode) a.json("/fhir/Appointment/" + again.path("id").asText());

        assertThat(OffsetDateTime.parse(read.at("/meta/lastUpdated").asText()).toInstant())
                .isEqualTo(Instant.parse("2026-06-12T07:59:50.123Z"));
        HttpResponse<String> changed =
                a.put(appointment.address(), read.put("status", "cancelled").toString());
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).path("status").asText()).isEqualTo("cancelled");
        assertThat(json(changed).at("/meta/versionId").asText()).isEqualTo("2");
    }

    @Test
    void a_change_of_the_version_in_force_is_never_overtaken() {
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        put(a, appointment.status("cancelled").lastUpdated(EIGHT.minusSeconds(10)));

        AnAppointment late = appointment.status("booked").lastUpdated(EIGHT.minusSeconds(20));
        assertThat(putIfMatch(late, "W/\"7\", W/\"8\"").statusCode()).isEqualTo(412);
        HttpResponse<String> changed = putIfMatch(late, "W/\"7\", W/\"1\"");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).path("status").asText()).isEqualTo("booked");
        assertThat(starts()).containsExactly("12:15");
        AnAppointment older = appointment.status("cancelled").lastUpdated(EIGHT.minusSeconds(15));
        assertThat(a.put(older.address(), older.toString()).statusCode())
                .as("what was said at %s is known still", EIGHT.minusSeconds(10))
                .isEqualTo(409);
    }

    private HttpResponse<String> putIfMatch(AnAppointment appointment, String versions) {
        return a.send(a.request(appointment.address())
                .header("Content-Type", "application/fhir+json")
                .header("If-Match", versions)
                .PUT(HttpRequest.BodyPublishers.ofString(appointment.toString())));
    }

    @Test
    void an_appointment_that_is_moved_takes_the_new_slot_and_no_longer_the_old_one() {
        say(A, EIGHT, 3);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        put(a, appointment);
        Instant later = TEN.plus(Duration.ofMinutes(30));

        put(a, appointment.from(later, later.plus(Duration.ofMinutes(15))));
        assertThat(starts()).containsExactly("12:15");

        say(A, EIGHT.plusSeconds(1), 3);
        assertThat(starts()).containsExactly("12:00", "12:15");
    }

    @Test
    void fulfilled_and_noshow_leave_the_slot_taken() {
        say(A, EIGHT, 2);
        AnAppointment appointment = AnAppointment.with(alice.value(), TEN);
        put(a, appointment);

        put(a, appointment.status("noshow"));
        put(a, appointment.status("fulfilled"));

        say(A, EIGHT.plusSeconds(1), 2);
        assertThat(starts()).containsExactly("12:15");
    }

    @Test
    void an_appointment_within_a_longer_range_leaves_the_range() {
        replace(lasting(Batches.batch(A, EIGHT, List.of(alice), TEN, 1), Duration.ofHours(4)));

        post(a, AnAppointment.with(alice.value(), TEN).slot("Slot/" + A + "-" + TEN.toEpochMilli()));

        assertThat(starts()).containsExactly("12:00");
    }

    @Test
    void a_booking_with_somebody_whom_nobody_knows_and_of_a_slot_that_nobody_knows_is_kept() {
        HttpResponse<String> kept = a.post(
                "/fhir/Appointment",
                AnAppointment.with(alice.value(), TEN)
                        .slot("Slot/never-heard-of")
                        .toString());

        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
        assertThat(json(kept).at("/slot/0/reference").asText()).isEqualTo("Slot/never-heard-of");
    }

    @Test
    void a_vendor_on_trial_takes_nothing_from_the_others() {
        Descriptor.of(A.name()).mode("push").status("trial").dropInto(connectors);
        await().until(() -> !vendors.find(A).orElseThrow().isShown());
        say(B, EIGHT, 1);

        post(a, AnAppointment.with(alice.value(), TEN));

        assertThat(starts()).containsExactly("12:00");
    }

    private static HttpResponse<String> post(HubClient vendor, AnAppointment appointment) {
        HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static HttpResponse<String> put(HubClient vendor, AnAppointment appointment) {
        HttpResponse<String> answer = vendor.put(appointment.address(), appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    /** Quarters of an hour from ten on. */
    private void say(Source vendor, Instant fetchedAt, int slots) {
        replace(Batches.batch(vendor, fetchedAt, List.of(alice), TEN, slots));
    }

    private void replace(SlotBatch batch) {
        index.replace(new ScreenedBatch(batch, Map.of()));
    }

    private static SlotBatch twice(SlotBatch batch) {
        return Told.with(
                batch,
                slots -> Stream.concat(
                        slots.stream(), slots.stream().map(slot -> Told.named(slot, slot.reference() + "-bis"))));
    }

    private static SlotBatch lasting(SlotBatch batch, Duration length) {
        return Told.with(
                batch,
                slots -> slots.stream()
                        .map(slot -> Told.notBookable(
                                slot.between(slot.start(), slot.start().plus(length)))));
    }

    private SlotBatch moved(SlotBatch batch) {
        return Told.at(Batches.place(alice, 2), batch);
    }

    private List<JsonNode> slots() {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(EIGHT, alice.value()));
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .toList();
    }

    /** In Paris. */
    private List<String> starts() {
        return slots().stream()
                .map(slot -> slot.path("start").asText().substring(11, 16))
                .toList();
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
