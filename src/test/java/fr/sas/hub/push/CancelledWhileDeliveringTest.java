package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A vendor that delivers declares an appointment and cancels it: its Slot is shown again as it stands (docs/decisions/0018). */
@HubTest
@Import(MovableClock.Wound.class)
class CancelledWhileDeliveringTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(610);
    private static final Instant EIGHT = Instant.parse("2026-06-12T06:00:00Z");
    private static final Instant TEN = Instant.parse("2026-06-12T08:00:00Z");
    private static final String SLOT = "Slot/s1";
    private static final String EVERYTHING =
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"everything\",\"valueBoolean\":true}]}";
    private static final String THE_SLOT =
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"valueReference\":"
                    + "{\"reference\":\"Slot/s1\"}}]}";

    private final String who = "899970000" + NUMBER.incrementAndGet();

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    Roster roster;

    private Deliverer vendor;

    @BeforeEach
    void a_vendor_delivered_a_free_slot_at_eight() {
        clock.moveTo(EIGHT);
        Descriptor.of("push-b").mode("push").roster(who).dropInto(connectors);
        vendor = new Deliverer(port, "push-b").connected();
        vendor.send(aTransaction()
                .putting(aBundle()
                        .with(aPractitioner(who, "BLANC", "Gina")
                                .at(aPlace("1750000071").address("71 rue des Tilleuls", "75011", "PARIS"))
                                .slot(aVendorSlot().id("s1").from(TEN)))));
        assertThat(found()).containsExactly(TEN);
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    /** What the vendor says of its Slot between booking it and cancelling the appointment. */
    @ParameterizedTest
    @ValueSource(strings = {"", "free", "busy free"})
    void a_slot_that_stands_as_free_is_shown_again_when_its_appointment_is_cancelled(String saidMeanwhile) {
        AnAppointment appointment = AnAppointment.with(who, TEN).slot(SLOT);
        declare(appointment);
        assertThat(found()).isEmpty();
        for (String status : saidMeanwhile.split(" ")) {
            say(status);
        }
        assertThat(found()).isEmpty();

        clock.moveTo(EIGHT.plusSeconds(30));
        declare(appointment.status("cancelled"));

        await().until(() -> found().equals(List.of(TEN)));
    }

    @Test
    void so_is_that_of_a_vendor_that_nobody_named() {
        Descriptor.of("push-b").mode("push").dropInto(connectors);
        await().until(() -> roster.declaredFor(
                        new Source("push-b"), List.of(Subject.ofNational(who).orElseThrow()))
                .isEmpty());

        a_slot_that_stands_as_free_is_shown_again_when_its_appointment_is_cancelled("free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the same again", "everything", "the slot"})
    void any_word_after_a_cancellation_shows_what_stands_as_free(String word) {
        AnAppointment appointment = AnAppointment.with(who, TEN).slot(SLOT);
        say("busy");
        declare(appointment);
        say("free");
        clock.moveTo(EIGHT.plusSeconds(30));
        declare(appointment.status("cancelled"));

        clock.moveTo(EIGHT.plusSeconds(31));
        confirm(word);

        assertThat(found()).containsExactly(TEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the same again", "everything", "the slot"})
    void any_word_later_than_a_minute_after_a_booking_is_believed_though_an_earlier_one_was_not(String word) {
        declare(AnAppointment.with(who, TEN).slot(SLOT));
        clock.moveTo(EIGHT.plusSeconds(30));
        confirm(word);
        assertThat(found()).isEmpty();

        clock.moveTo(EIGHT.plusSeconds(61));
        confirm(word);

        assertThat(found()).containsExactly(TEN);
    }

    @Test
    void a_slot_that_stands_as_busy_stays_out_when_its_appointment_is_cancelled() {
        AnAppointment appointment = AnAppointment.with(who, TEN).slot(SLOT);
        declare(appointment);
        say("busy");
        declare(appointment.status("cancelled"));

        confirm("everything");

        assertThat(found()).isEmpty();
    }

    private void declare(AnAppointment appointment) {
        HttpResponse<String> answer =
                vendor.send("PUT", appointment.address().substring("/fhir".length()), appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private void say(String status) {
        if (!status.isEmpty()) {
            ObjectNode slot = (ObjectNode) Deliverer.json(vendor.get("/" + SLOT));
            ((ObjectNode) slot.get("meta")).remove(List.of("lastUpdated", "versionId"));
            HttpResponse<String> answer = vendor.put(slot.put("status", status));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private void confirm(String word) {
        switch (word) {
            case "everything" -> confirms(EVERYTHING);
            case "the slot" -> confirms(THE_SLOT);
            default -> say("free");
        }
    }

    private void confirms(String parameters) {
        HttpResponse<String> answer = vendor.send("POST", "/$confirm", parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<Instant> found() {
        return vendor.found(who, clock.instant());
    }
}
