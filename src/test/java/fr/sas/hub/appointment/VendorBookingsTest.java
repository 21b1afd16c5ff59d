package fr.sas.hub.appointment;

import static fr.sas.hub.appointment.TwoVendors.A;
import static fr.sas.hub.appointment.TwoVendors.B;
import static fr.sas.hub.appointment.TwoVendors.EIGHT;
import static fr.sas.hub.appointment.TwoVendors.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** INT_R03 from vendors: what they declare booked is out of every answer, and comes back by their own word only. */
@HubTest
@Import(MovableClock.Wound.class)
class VendorBookingsTest extends BookedWithTwoVendors {

    @Autowired
    VendorInquiries inquiries;

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

    private static SlotBatch twice(SlotBatch batch) {
        return AlteredBatch.with(
                batch,
                slots -> Stream.concat(
                        slots.stream(),
                        slots.stream().map(slot -> AlteredBatch.named(slot, slot.reference() + "-bis"))));
    }

    private static SlotBatch lasting(SlotBatch batch, Duration length) {
        return AlteredBatch.with(
                batch,
                slots -> slots.stream()
                        .map(slot -> AlteredBatch.notBookable(
                                slot.between(slot.start(), slot.start().plus(length)))));
    }

    private SlotBatch moved(SlotBatch batch) {
        return AlteredBatch.at(Batches.place(alice, 2), batch);
    }
}
