package fr.sas.hub.agenda;

import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes and gives back patients' places in agendas. A front door of the room. The index is updated in the same
 * transaction, and those who book or edit one agenda wait for each other, so that no more patients are booked than
 * there are places.
 */
@Service
public class AgendaBookings {

    private final AgendaTables agendas;
    private final BookingTables bookings;
    private final AgendaPublisher agendaPublisher;
    private final Clock clock;

    AgendaBookings(AgendaTables agendas, BookingTables bookings, AgendaPublisher agendaPublisher, Clock clock) {
        this.agendas = agendas;
        this.bookings = bookings;
        this.agendaPublisher = agendaPublisher;
        this.clock = clock;
    }

    /** Whether a place was available. */
    public enum Answer {
        TAKEN,
        /** Every place is taken. */
        FULL,
        /** The agenda does not offer this, or no longer does. */
        GONE
    }

    /**
     * Takes one place.
     *
     * @param booking identifies it when the place is given back
     * @param reference the agenda's own name for the slot, as in {@code Slot.reference}
     * @param evenIfFull whether to count it even if every place is taken, because it has already been booked elsewhere
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Answer take(UUID booking, Subject subject, String reference, boolean evenIfFull) {
        agendas.lock(subject);
        Optional<BookingTables.OfferedOccurrence> offered = OccurrenceReference.read(reference)
                .flatMap(name -> bookings.offered(subject, name.entry, name.date, clock.instant()));
        if (offered.isEmpty()) {
            return Answer.GONE;
        }
        BookingTables.OfferedOccurrence occurrence = offered.get();
        if (!evenIfFull && bookings.count(occurrence.name()) >= occurrence.patients()) {
            return Answer.FULL;
        }
        bookings.save(booking, subject, occurrence);
        agendaPublisher.publish(Set.of(subject));
        return Answer.TAKEN;
    }

    /** Gives back whatever this booking took; search finds it again at once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(UUID booking) {
        for (Subject subject : bookings.subjectsOf(booking)) {
            agendas.lock(subject);
            bookings.forget(booking);
            agendaPublisher.publish(Set.of(subject));
        }
    }

    private record OccurrenceReference(UUID entry, LocalDate date) {

        static Optional<OccurrenceReference> read(String reference) {
            int at = reference.indexOf('@');
            try {
                return at < 0
                        ? Optional.empty()
                        : Optional.of(new OccurrenceReference(
                                UUID.fromString(reference.substring(0, at)),
                                LocalDate.parse(reference.substring(at + 1))));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
