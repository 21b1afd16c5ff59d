package fr.sas.hub.appointment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.JsonChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A right appointment, and what changes make of it. */
final class ChangedAppointments {

    private ChangedAppointments() {}

    static ObjectNode right(Instant now) {
        return AnAppointment.with("810001234567", now.plus(Duration.ofHours(2)))
                .identified("b6e39355")
                .at("1750000001")
                .slot("Slot/1")
                .lastUpdated(now)
                .bent();
    }

    /** Every single change after which it still is an appointment. */
    static List<JsonChange> changes(Instant now) {
        return JsonChange.of(right(now)).stream()
                .filter(change -> !change.at().equals("/resourceType"))
                .toList();
    }

    static ObjectNode changed(Instant now, List<JsonChange> changes) {
        ObjectNode appointment = right(now);
        changes.forEach(change -> change.in(appointment));
        return appointment;
    }
}
