package fr.sas.hub.appointment;

import static fr.sas.hub.appointment.TwoVendors.A;
import static fr.sas.hub.appointment.TwoVendors.EIGHT;
import static fr.sas.hub.appointment.TwoVendors.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

/** What a vendor declared of an appointment is read as it was said last, whatever was repeated, and whatever arrived late. */
@HubTest
@Import(MovableClock.Wound.class)
class DeclaredVersionsTest extends BookedWithTwoVendors {

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
}
