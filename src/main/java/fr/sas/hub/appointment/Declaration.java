package fr.sas.hub.appointment;

import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.rule.JudgedAppointment;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an owner now declares about an appointment.
 *
 * @param lastUpdated when the owner's software last changed it; null if not given
 */
record Declaration(
        Identifier identifier, Declared said, @Nullable Instant lastUpdated) {

    static Declaration of(JudgedAppointment.Content content) {
        JudgedAppointment.Operator operator = content.operator();
        return new Declaration(
                new Identifier(
                        content.identifier().system(), content.identifier().value()),
                new Declared(
                        Status.of(content.status()),
                        content.with(),
                        content.confirmed(),
                        new AppointmentOperator(operator.system(), operator.value(), operator.type()),
                        content.slots(),
                        content.structure(),
                        content.start(),
                        content.end()),
                content.lastUpdated());
    }

    Declaration with(Subject with) {
        return new Declaration(
                identifier,
                new Declared(
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
     * Whether this is the later declaration. Declarations may overtake each other: dated ones are ordered by their
     * dates, so that every order of arrival ends the same. Otherwise the last to arrive is the later one, except that a
     * booking does not follow its own outcome, and nothing follows a cancellation unless dated after it.
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

    /** For equal instants, too, one must be the later, regardless of the order of arrival. */
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
