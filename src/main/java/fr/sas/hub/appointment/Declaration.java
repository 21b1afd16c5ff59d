package fr.sas.hub.appointment;

import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.Said;
import fr.sas.hub.appointment.Appointment.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of an appointment now.
 *
 * @param lastUpdated when the owner's software last changed it; null when it does not say
 */
record Declaration(Identifier identifier, Said said, @Nullable Instant lastUpdated) {

    Instant at(Instant arrival) {
        return lastUpdated == null ? arrival : lastUpdated;
    }

    /**
     * Whether this is the later word. Declarations may overtake each other: those that are dated are ordered by their
     * dates, so that any order of arrival ends the same. Of those that are not, the last to arrive is the later one, but a
     * booking never follows what became of it, and nothing that is not dated follows a cancellation.
     */
    boolean follows(Appointment known, Instant arrival) {
        if (lastUpdated == null) {
            return said.status() != Status.BOOKED || known.said().status() == Status.BOOKED
                    ? known.said().status() != Status.CANCELLED || said.status() == Status.CANCELLED
                    : false;
        }
        int order = at(arrival).compareTo(known.declared());
        if (order == 0) {
            order = said.status().compareTo(known.said().status());
        }
        return order > 0 || order == 0 && said.toString().compareTo(known.said().toString()) > 0;
    }
}
