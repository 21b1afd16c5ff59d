package fr.sas.hub.appointment;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.appointment.Appointment.SlotDetails;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: what was booked, with whom, and by whom. A declaration's effects are one transaction: the
 * appointment, the slots it takes or gives back, and the event.
 */
@Service
public class Appointments {

    private final AppointmentTables tables;
    private final SlotOwners owners;
    private final BookingEffects taking;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Appointments(
            AppointmentTables tables,
            SlotOwners owners,
            BookingEffects taking,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.owners = owners;
        this.taking = taking;
        this.events = events;
        this.clock = clock;
    }

    /** The outcome of a declaration; {@code appointment} is the one now in force. */
    record Outcome(Appointment appointment, boolean created) {}

    public Optional<Appointment> find(UUID id) {
        return tables.find(id);
    }

    /** By start. @param until exclusive */
    public List<Appointment> list(Subject subject, Instant from, Instant until) {
        return tables.list(owners.storedSubject(subject), from, until);
    }

    /**
     * Stores what the owner declares; a replay changes nothing. An overtaken declaration is refused, unless it changes
     * the version in force.
     *
     * @param expected versions that the writer expects to be in force, any of them; null to skip the check
     * @throws FhirRefusal 409 if the platform books something that is not free, or a later declaration is already
     *     in force
     */
    @Transactional
    Outcome declare(AppointmentOwner owner, Declaration declared, @Nullable Set<Long> expected) {
        Declaration declaration =
                declared.with(owners.storedSubject(declared.said().with()));
        tables.lock(owner, declaration.identifier());
        Appointment known = tables.find(owner, declaration.identifier()).orElse(null);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EntityTag.check(expected, known == null ? 0 : known.version());
        boolean same = known != null && known.said().equals(declaration.said());
        if (known != null && !declaration.follows(known) && (same || expected == null)) {
            if (!same) {
                throw overtaken(known);
            }
            return new Outcome(known, false);
        }
        Appointment after = after(owner, known, declaration, now);
        if (known != null && same) {
            return new Outcome(declaration.lastUpdated() == null ? known : saved(after), false);
        }
        SlotDetails about = taking.change(known, after);
        Appointment kept = about(after, known == null ? about : about.orElse(known.about()));
        saved(kept);
        events.publishEvent(new AppointmentChanged(known, kept, owner.client()));
        return new Outcome(kept, known == null);
    }

    private static FhirRefusal overtaken(Appointment known) {
        return new FhirRefusal(
                409,
                "conflict",
                "Overtaken, nothing was changed: the appointment is "
                        + known.said().status().code() + " since " + known.declared() + ", at version "
                        + known.version() + "; read it again, or name this version in If-Match");
    }

    private Appointment saved(Appointment appointment) {
        tables.save(appointment);
        return appointment;
    }

    /** The same content with a later date counts from then on. */
    private static Appointment after(
            AppointmentOwner owner, @Nullable Appointment known, Declaration declaration, Instant now) {
        boolean dated = declaration.lastUpdated() != null;
        if (known == null) {
            return new Appointment(
                    UuidCreator.getTimeOrderedEpoch(now),
                    owner,
                    declaration.identifier(),
                    declaration.said(),
                    declaration.at(now),
                    dated,
                    SlotDetails.NOTHING,
                    1,
                    now,
                    now);
        }
        boolean same = known.said().equals(declaration.said());
        boolean late = dated && known.dated() && declaration.at(now).isBefore(known.declared());
        return new Appointment(
                known.id(),
                owner,
                known.identifier(),
                declaration.said(),
                late ? known.declared() : declaration.at(now),
                dated,
                known.about(),
                same ? known.version() : known.version() + 1,
                known.createdAt(),
                same ? known.changedAt() : now);
    }

    private static Appointment about(Appointment appointment, SlotDetails about) {
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
