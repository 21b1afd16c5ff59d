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
 * Places of what agendas offer, taken and given back. A front door of the room. The index is told in the same transaction,
 * and whoever books or edits one agenda follows the one before, so that nobody is booked beyond the number of patients.
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

    /** Whether a place was there to be taken. */
    public enum Answer {
        TAKEN,
        /** Every place is taken. */
        FULL,
        /** The agenda does not offer this, or not any more. */
        GONE
    }

    /**
     * Takes one place.
     *
     * @param booking names it when it is given back
     * @param reference the agenda's own name for the slot, as in {@code Slot.reference}
     * @param evenIfFull counts it although every place is taken: it is a fact already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Answer take(UUID booking, Subject subject, String reference, boolean evenIfFull) {
        agendas.lock(subject);
        Optional<BookingTables.Offered> offered = Named.read(reference)
                .flatMap(name -> bookings.offered(subject, name.entry, name.date, clock.instant()));
        if (offered.isEmpty()) {
            return Answer.GONE;
        }
        BookingTables.Offered occurrence = offered.get();
        if (!evenIfFull && bookings.count(occurrence.name()) >= occurrence.patients()) {
            return Answer.FULL;
        }
        bookings.keep(booking, subject, occurrence);
        agendaPublisher.tell(Set.of(subject));
        return Answer.TAKEN;
    }

    /** Gives back whatever this booking took; what it gives back is found by search at once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(UUID booking) {
        for (Subject subject : bookings.subjectsOf(booking)) {
            agendas.lock(subject);
            bookings.forget(booking);
            agendaPublisher.tell(Set.of(subject));
        }
    }

    private record Named(UUID entry, LocalDate date) {

        static Optional<Named> read(String reference) {
            int at = reference.indexOf('@');
            try {
                return at < 0
                        ? Optional.empty()
                        : Optional.of(new Named(
                                UUID.fromString(reference.substring(0, at)),
                                LocalDate.parse(reference.substring(at + 1))));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
