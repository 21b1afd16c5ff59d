package fr.sas.hub.appointment;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Two live vendors that deliver, for as long as a test takes, on a Friday morning; and what a search then finds. */
final class TwoVendors {

    static final Source A = new Source("rdv-a");
    static final Source B = new Source("rdv-b");
    static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    static final Instant TEN = EIGHT.plus(Duration.ofHours(2));

    private TwoVendors() {}

    static void arrive(Path connectors, Vendors vendors) {
        Stream.of(A, B)
                .forEach(vendor -> Descriptor.of(vendor.name()).mode("push").dropInto(connectors));
        await().until(() -> vendors.find(A).isPresent() && vendors.find(B).isPresent());
    }

    static void leave(Path connectors, Vendors vendors) {
        Stream.of(A, B).forEach(vendor -> Descriptor.of(vendor.name()).removeFrom(connectors));
        await().until(() -> vendors.find(A).isEmpty() && vendors.find(B).isEmpty());
    }

    static List<JsonNode> slotsOf(PractitionerId practitioner, int port) {
        return Centre.resources(HubClient.at(port).json(HubClient.slotsOf(EIGHT, practitioner.value())), "Slot");
    }

    /** When those slots begin, in Paris. */
    static List<String> startsOf(PractitionerId practitioner, int port) {
        return slotsOf(practitioner, port).stream()
                .map(slot -> slot.path("start").asText().substring(11, 16))
                .toList();
    }
}
