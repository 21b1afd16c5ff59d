package fr.sas.hub.appointment;

import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.Said;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of an appointment now.
 *
 * @param lastUpdated when the owner's software last changed it; null when it does not say
 */
record Declaration(
        Identifier identifier, Said said, @Nullable Instant lastUpdated) {

    Declaration with(Subject with) {
        return new Declaration(
                identifier,
                new Said(
                        said.status(),
                        with,
                        said.confirmed(),
                        said.operator(),
                        said.slots(),
                        said.structure(),
                        said.start(),
                        said.end()),
                lastUpdated);
    }

    Instant at(Instant arrival) {
        return lastUpdated == null ? arrival : lastUpdated;
    }

    /**
     * Whether this is the later word. Declarations may overtake each other: those that are dated are ordered by their
     * dates, so that any order of arrival ends the same. Otherwise the last to arrive is the later one, but a booking does
     * not follow what became of it, and nothing follows a cancellation that is not dated after it.
     */
    boolean follows(Appointment known) {
        if (lastUpdated != null && known.dated()) {
            return datedFollows(known, lastUpdated);
        }
        return byArrivalFollows(known.said().status()) || lastUpdated != null && lastUpdated.isAfter(known.declared());
    }

    private boolean byArrivalFollows(Status known) {
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
