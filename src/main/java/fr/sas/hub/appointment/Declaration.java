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
record Declaration(
        Identifier identifier, Said said, @Nullable Instant lastUpdated) {

    Instant at(Instant arrival) {
        return lastUpdated == null ? arrival : lastUpdated;
    }

    /**
     * Whether this is the later word. Declarations may overtake each other: those that are dated are ordered by their
     * dates, so that any order of arrival ends the same. Of those that are not, the last to arrive is the later one, but a
     * booking never follows what became of it, and nothing that is not dated follows a cancellation.
     */
    boolean follows(Appointment known) {
        return lastUpdated == null
                ? undatedFollows(known.said().status())
                : datedFollows(known, lastUpdated);
    }

    private boolean undatedFollows(Status known) {
        return switch (said.status()) {
            case BOOKED -> known == Status.BOOKED;
            case NO_SHOW, FULFILLED -> known != Status.CANCELLED;
            case CANCELLED -> true;
        };
    }

    /** Of the same instant one must be the later, too, whatever came first. */
    private boolean datedFollows(Appointment known, Instant date) {
        int order = date.compareTo(known.declared());
        if (order == 0) {
            order = said.status().compareTo(known.said().status());
        }
        if (order == 0) {
            order = said.toString().compareTo(known.said().toString());
        }
        return order > 0;
    }
}
