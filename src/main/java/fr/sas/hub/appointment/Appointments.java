package fr.sas.hub.appointment;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.appointment.Appointment.Known;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: what was booked, with whom, by whom. What a declaration changes is one transaction: the
 * appointment, the slots it takes or gives back, and the news of it.
 */
@Service
public class Appointments {

    private final AppointmentTables tables;
    private final SlotOwners owners;
    private final Taking taking;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Appointments(
            AppointmentTables tables, SlotOwners owners, Taking taking, ApplicationEventPublisher events, Clock clock) {
        this.tables = tables;
        this.owners = owners;
        this.taking = taking;
        this.events = events;
        this.clock = clock;
    }

    /** What became of a declaration; {@code appointment} is what is in force now. */
    record Outcome(Appointment appointment, boolean created) {}

    public Optional<Appointment> find(UUID id) {
        return tables.find(id);
    }

    /** By start. @param until excluded */
    public List<Appointment> list(Subject subject, Instant from, Instant until) {
        return tables.list(owners.kept(subject), from, until);
    }

    /**
     * Keeps what the owner says; a replay, or a word that came too late, changes nothing.
     *
     * @param expected the version the writer has read; null when the writer does not care
     * @throws fr.sas.hub.access.FhirRefusal when the platform books what is not free
     */
    @Transactional
    Outcome declare(Owner owner, Declaration declared, @Nullable Long expected) {
        Declaration declaration = declared.with(owners.kept(declared.said().with()));
        tables.lock(owner, declaration.identifier());
        Appointment known = tables.find(owner, declaration.identifier()).orElse(null);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EntityTag.check(expected, known == null ? 0 : known.version());
        if (known != null && !declaration.follows(known)) {
            return new Outcome(known, false);
        }
        Appointment after = after(owner, known, declaration, now);
        if (known != null && known.said().equals(declaration.said())) {
            return new Outcome(declaration.lastUpdated() == null ? known : saved(after), false);
        }
        Known about = taking.change(known, after);
        Appointment kept = about(after, known == null ? about : about.orElse(known.about()));
        saved(kept);
        events.publishEvent(new AppointmentChanged(known, kept, owner.client()));
        return new Outcome(kept, known == null);
    }

    private Appointment saved(Appointment appointment) {
        tables.save(appointment);
        return appointment;
    }

    /** The same word again with a later date counts from then on. */
    private static Appointment after(Owner owner, @Nullable Appointment known, Declaration declaration, Instant now) {
        boolean dated = declaration.lastUpdated() != null;
        if (known == null) {
            return new Appointment(
                    TimeOrderedIds.next(now),
                    owner,
                    declaration.identifier(),
                    declaration.said(),
                    declaration.at(now),
                    dated,
                    Known.NOTHING,
                    1,
                    now,
                    now);
        }
        boolean same = known.said().equals(declaration.said());
        return new Appointment(
                known.id(),
                owner,
                known.identifier(),
                declaration.said(),
                declaration.at(now),
                dated,
                known.about(),
                same ? known.version() : known.version() + 1,
                known.createdAt(),
                same ? known.changedAt() : now);
    }

    private static Appointment about(Appointment appointment, Known about) {
        return new Appointment(
                appointment.id(),
                appointment.owner(),
                appointment.identifier(),
                appointment.said(),
                appointment.declared(),
                appointment.dated(),
                about,
                appointment.version(),
                appointment.createdAt(),
                appointment.changedAt());
    }
}
