package fr.sas.hub.appointment;

import static fr.sas.hub.appointment.TwoVendors.A;
import static fr.sas.hub.appointment.TwoVendors.B;
import static fr.sas.hub.appointment.TwoVendors.EIGHT;
import static fr.sas.hub.appointment.TwoVendors.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A practitioner who works with two vendors; what they declare of her appointments and deliver of her slots. */
abstract class BookedWithTwoVendors {

    final PractitionerId alice = Batches.newPractitioner();

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

    @Value("${hub.connectors}")
    Path connectors;

    HubClient a;
    HubClient b;

    @BeforeEach
    void two_vendors_of_hers_that_deliver() {
        clock.moveTo(EIGHT);
        TwoVendors.arrive(connectors, vendors);
        roster.practitionerSays(alice, true, Set.of(A, B));
        a = HubClient.at(port).as("test-vendor-rdv-a");
        b = HubClient.at(port).as("test-vendor-rdv-b");
    }

    @AfterEach
    void they_leave() {
        TwoVendors.leave(connectors, vendors);
    }

    static HttpResponse<String> post(HubClient vendor, AnAppointment appointment) {
        HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    static HttpResponse<String> put(HubClient vendor, AnAppointment appointment) {
        HttpResponse<String> answer = vendor.put(appointment.address(), appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    /** Quarters of an hour from ten on. */
    void say(Source vendor, Instant fetchedAt, int slots) {
        replace(Batches.batch(vendor, fetchedAt, List.of(alice), TEN, slots));
    }

    void replace(SlotBatch batch) {
        index.replace(new ScreenedBatch(batch, Map.of()));
    }

    List<JsonNode> slots() {
        return TwoVendors.slotsOf(alice, port);
    }

    List<String> starts() {
        return TwoVendors.startsOf(alice, port);
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
