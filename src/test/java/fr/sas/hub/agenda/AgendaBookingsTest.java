package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The platform books what was typed by hand: never more than there is, and what is given back is found at once. */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaBookingsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(32_000);
    /** Ten in Paris, on a Friday. */
    private static final Instant NOW = Instant.parse("2026-06-12T08:00:00Z");

    private static final Instant NOON = Instant.parse("2026-06-12T10:00:00Z");
    private static final String RANGE_FOR_THREE = Portal.entry("2026-06-12", "12:00", "14:00", "\"patients\": 3");

    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    Roster roster;

    @Value("${hub.connectors}")
    Path connectors;

    private Portal portal;
    private HubClient platform;

    @BeforeEach
    void alice_has_an_agenda() {
        clock.moveTo(NOW);
        portal = Portal.of(port, alice);
        platform = HubClient.at(port).as("test-platform");
    }

    @Test
    void each_booking_takes_one_place_of_a_range_until_none_is_left() {
        portal.type(RANGE_FOR_THREE);
        assertThat(capacities()).containsExactly(3);

        book(at(NOON));
        assertThat(capacities()).containsExactly(2);
        book(at(NOON));
        assertThat(capacities()).containsExactly(1);
        book(at(NOON));
        assertThat(capacities()).isEmpty();
        assertThat(refused(409, at(NOON))).startsWith("Appointment.start");
    }

    @Test
    void of_fifty_who_book_a_range_for_three_at_once_three_succeed() {
        portal.type(RANGE_FOR_THREE);
        String id = slots().getFirst().path("id").asText();

        List<HttpResponse<String>> answers = fifty(number -> at(NOON).slot("Slot/" + id));

        Map<Integer, Long> byStatus =
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(byStatus).isEqualTo(Map.of(201, 3L, 409, 47L));
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(answer -> assertThat(
                                Portal.body(answer).at("/issue/0/code").asText())
                        .isEqualTo("conflict"));
        assertThat(slots()).isEmpty();
    }

    @Test
    void one_booking_that_is_sent_fifty_times_at_once_takes_one_place() {
        portal.type(RANGE_FOR_THREE);
        AnAppointment appointment = at(NOON);

        List<HttpResponse<String>> answers = fifty(number -> appointment);

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(49);
        assertThat(capacities()).containsExactly(2);
    }

    @Test
    void a_cancelled_booking_gives_its_place_back_at_once() {
        portal.type(Portal.entry("2026-06-12", "12:00", "12:15", ""));
        AnAppointment appointment = at(NOON);
        book(appointment);
        assertThat(slots()).isEmpty();

        HttpResponse<String> cancelled = put(appointment.status("cancelled"));

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(slots()).hasSize(1);
    }

    @Test
    void an_occurrence_of_a_weekly_entry_is_booked_by_its_own_date() {
        portal.type(Portal.weekly("2026-06-12", "12:00", "12:15", "friday"));

        book(at(NOON.plus(Duration.ofDays(7))));

        assertThat(found(NOW.plus(Duration.ofDays(20))))
                .containsExactly("2026-06-12 12:00-12:15", "2026-06-26 12:00-12:15");
        assertThat(portal.get("/occurrences?from=2026-06-12&to=2026-06-26").findValuesAsText("booked"))
                .containsExactly("0", "1", "0");
    }

    @Test
    void fewer_patients_than_are_booked_shows_nothing_and_keeps_the_bookings() {
        String entry = portal.type(RANGE_FOR_THREE);
        String booked = book(at(NOON));
        book(at(NOON));

        portal.send(200, "PUT", entry, Portal.entry("2026-06-12", "12:00", "14:00", "\"patients\": 1"));
        assertThat(slots()).isEmpty();
        assertThat(portal.get("/occurrences?from=2026-06-12&to=2026-06-12").findValuesAsText("booked"))
                .containsExactly("2");
        assertThat(platform.json(booked).path("status").asText()).isEqualTo("booked");

        portal.send(200, "PUT", entry, Portal.entry("2026-06-12", "12:00", "14:00", "\"patients\": 5"));
        assertThat(capacities()).containsExactly(3);
    }

    @Test
    void a_booking_outlives_its_entry_and_is_still_listed_and_cancelled() {
        String entry = portal.type(RANGE_FOR_THREE);
        AnAppointment appointment = at(NOON);
        String booked = book(appointment);

        portal.send("DELETE", entry, null, null);

        assertThat(platform.json(booked).path("status").asText()).isEqualTo("booked");
        JsonNode listed = HubClient.at(port)
                .as("test-portal")
                .json("/api/v1/practitioners/" + alice + "/appointments?from=2026-06-12&to=2026-06-12");
        assertThat(listed.path("appointments")).hasSize(1);
        assertThat(listed.at("/appointments/0/status").asText()).isEqualTo("booked");
        assertThat(put(appointment.status("cancelled")).statusCode()).isEqualTo(200);
    }

    @Test
    void bookings_go_with_the_dates_when_an_entry_changes_from_a_date_on() {
        String entry = portal.type(Portal.weekly("2026-06-12", "12:00", "12:15", "friday"));
        book(at(NOON));
        AnAppointment later = at(NOON.plus(Duration.ofDays(7)));
        book(later);

        portal.send(
                201,
                "PUT",
                entry + "/from/2026-06-19",
                Portal.entry("2026-06-19", "12:00", "12:15", "\"patients\": 2"));
        assertThat(found(NOW.plus(Duration.ofDays(10)))).containsExactly("2026-06-19 12:00-12:15");

        put(later.status("cancelled"));
        assertThat(capacities(NOW.plus(Duration.ofDays(10)))).containsExactly(2);
    }

    @Test
    void an_occurrence_keeps_its_bookings_when_it_is_changed_apart_and_taken_back() {
        String entry = portal.type(Portal.weekly("2026-06-12", "12:00", "12:15", "friday"));
        book(at(NOON));

        portal.send(
                200,
                "PUT",
                entry + "/occurrences/2026-06-12",
                Portal.entry("2026-06-12", "13:00", "15:00", "\"patients\": 2"));
        assertThat(capacities()).containsExactly(1);
        book(at(NOON.plus(Duration.ofHours(2))));
        assertThat(capacities()).isEmpty();

        portal.send(200, "DELETE", entry + "/exceptions/2026-06-12", null);
        assertThat(capacities()).isEmpty();
    }

    @Test
    void what_is_moved_to_a_full_range_stays_where_it_is() {
        portal.type(Portal.entry("2026-06-12", "12:00", "12:15", ""));
        portal.type(Portal.entry("2026-06-12", "15:00", "15:15", ""));
        AnAppointment first = at(NOON);
        book(first);
        book(at(NOON.plus(Duration.ofHours(3))));

        Instant three = NOON.plus(Duration.ofHours(3));
        assertThat(put(first.from(three, three.plus(Duration.ofMinutes(15)))).statusCode())
                .isEqualTo(409);

        assertThat(slots()).isEmpty();
        assertThat(put(first.from(NOON, NOON.plus(Duration.ofMinutes(15)))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_not_offered_then_is_refused_with_the_element() {
        portal.type(RANGE_FOR_THREE);
        String id = slots().getFirst().path("id").asText();

        assertThat(refused(409, at(NOW.plus(Duration.ofMinutes(15))))).startsWith("Appointment.start");
        assertThat(refused(409, at(NOON.minus(Duration.ofDays(1))))).startsWith("Appointment.start");
        assertThat(refused(409, at(NOON).slot("Slot/" + alice + "-nonsense")))
                .startsWith("Appointment.slot[0].reference");
        assertThat(refused(422, at(NOON.minus(Duration.ofHours(1))).slot("Slot/" + id)))
                .startsWith("Appointment.start");
        assertThat(refused(409, AnAppointment.with("899999999999", NOON))).startsWith("Appointment.start");
        assertThat(capacities()).containsExactly(3);
    }

    @Test
    void nobody_is_booked_where_nobody_is() {
        portal.type(RANGE_FOR_THREE);
        String id = slots().getFirst().path("id").asText();
        portal.send(200, "PUT", "/places/" + Portal.PLACE + "/unavailability", "{\"fromNow\": true}");

        assertThat(refused(409, at(NOON))).startsWith("Appointment.start");
        assertThat(refused(409, at(NOON).slot("Slot/" + id))).startsWith("Appointment.slot[0].reference");
    }

    @Test
    void a_vendors_slot_is_booked_with_the_vendor() {
        Source vendor = aVendor();
        try {
            index.replace(new ScreenedBatch(Batches.batch(vendor, NOW, List.of(alice), NOON, 1), Map.of()));
            String id = slots().getFirst().path("id").asText();

            assertThat(refused(422, at(NOON).slot("Slot/" + id)))
                    .startsWith("Appointment.slot[0].reference")
                    .contains("rdv-b");
            assertThat(slots()).hasSize(1);
        } finally {
            leaves(vendor);
        }
    }

    @Test
    void what_a_vendor_declares_booked_takes_the_equal_slot_that_was_typed_by_hand_and_gives_it_back() {
        portal.type(Portal.entry("2026-06-12", "12:00", "12:15", ""));
        portal.type(Portal.entry("2026-06-12", "12:15", "12:30", ""));
        HubClient vendor = HubClient.at(port).as("test-vendor-rdv-b");
        Source known = aVendor();
        try {
            AnAppointment appointment = at(NOON);
            assertThat(vendor.put(appointment.address(), appointment.toString()).statusCode())
                    .isEqualTo(201);
            assertThat(found(NOW.plus(Duration.ofDays(1)))).containsExactly("2026-06-12 12:15-12:30");

            vendor.put(appointment.address(), appointment.status("cancelled").toString());
            assertThat(found(NOW.plus(Duration.ofDays(1)))).hasSize(2);
        } finally {
            leaves(known);
        }
    }

    @Test
    void a_doctor_is_booked_in_a_slot_of_their_health_centre() {
        Centre centre = Centre.at(port, NUMBER.incrementAndGet());
        centre.employs(alice);
        centre.types("{\"date\": \"2026-06-12\", \"start\": \"12:00\", \"end\": \"12:15\", \"modes\": [\"AMB\"]}");
        JsonNode slot = Centre.resources(centre.searchOf(NOW, alice), "Slot").getFirst();
        AnAppointment appointment = at(NOON).slot("Slot/" + slot.path("id").asText());

        book(appointment);
        assertThat(Centre.slots(centre.searchOf(NOW, alice))).isEmpty();

        put(appointment.status("cancelled"));
        assertThat(Centre.slots(centre.searchOf(NOW, alice))).hasSize(1);
    }

    @Test
    void a_health_centre_is_booked_by_any_of_its_identifiers() {
        Centre centre = Centre.at(port, NUMBER.incrementAndGet());
        centre.types("{\"date\": \"2026-06-12\", \"start\": \"12:00\", \"end\": \"12:15\", \"modes\": [\"AMB\"]}");
        AnAppointment appointment = at(NOON);
        appointment.bent().putArray("participant");

        book(appointment.at(centre.finess().substring(1)));

        assertThat(Centre.slots(centre.search(NOW, centre.finess()))).isEmpty();
    }

    private Source aVendor() {
        Source vendor = new Source("rdv-b");
        Descriptor.of(vendor.name()).mode("push").dropInto(connectors);
        await().until(() -> vendors.find(vendor).isPresent());
        roster.practitionerSays(alice, true, Set.of(vendor));
        return vendor;
    }

    private void leaves(Source vendor) {
        Descriptor.of(vendor.name()).removeFrom(connectors);
        await().until(() -> vendors.find(vendor).isEmpty());
    }

    private AnAppointment at(Instant start) {
        return AnAppointment.with(alice.value(), start);
    }

    /** @return its address */
    private String book(AnAppointment appointment) {
        HttpResponse<String> answer = platform.post("/fhir/Appointment", appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/fhir/"));
    }

    private HttpResponse<String> put(AnAppointment appointment) {
        return platform.put(appointment.address(), appointment.toString());
    }

    /** @return the element and the sentence */
    private String refused(int status, AnAppointment appointment) {
        HttpResponse<String> answer = platform.post("/fhir/Appointment", appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode issue = Portal.body(answer).at("/issue/0");
        return issue.at("/expression/0").asText() + " "
                + issue.path("diagnostics").asText();
    }

    private List<HttpResponse<String>> fifty(java.util.function.IntFunction<AnAppointment> appointment) {
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            return IntStream.range(0, 50)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> platform.post(
                                    "/fhir/Appointment",
                                    appointment.apply(number).toString()),
                            threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private List<String> found(Instant until) {
        return portal.found(NOW, until);
    }

    private List<Integer> capacities() {
        return capacities(NOW.plus(Duration.ofDays(2)));
    }

    private List<Integer> capacities(Instant until) {
        return slots(until).stream()
                .map(slot -> StreamSupport.stream(slot.path("extension").spliterator(), false)
                        .filter(extension -> extension.path("url").asText().equals(FhirVocabulary.SLOT_CAPACITY))
                        .map(extension -> extension.path("valueInteger").asInt())
                        .findFirst()
                        .orElse(0))
                .toList();
    }

    private List<JsonNode> slots() {
        return slots(NOW.plus(Duration.ofDays(2)));
    }

    private List<JsonNode> slots(Instant until) {
        return StreamSupport.stream(portal.search(NOW, until).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .toList();
    }
}
