package fr.sas.hub.delegation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may act for whom: asked for by practitioners, decided by account managers, revoked by either, at once. */
@Service
class Delegations {

    private final DelegationTables tables;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Delegations(
            DelegationTables tables,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    boolean isDelegate(EmailAddress email, PractitionerId practitioner) {
        return tables.findOpen(practitioner, email)
                .filter(open -> open.state() == Delegation.State.ACCEPTED)
                .isPresent();
    }

    /** Of every state, the newest first. */
    @Transactional(readOnly = true)
    List<Delegation> of(PractitionerId practitioner) {
        return tables.of(practitioner);
    }

    @Transactional(readOnly = true)
    Delegation delegation(PractitionerId practitioner, UUID id) {
        return tables.find(practitioner, id)
                .orElseThrow(() -> new NotFound(
                        "Practitioner " + practitioner + " has no delegation " + id,
                        "Le praticien " + practitioner + " n'a pas de délégation " + id));
    }

    /** The oldest first. @param state null for all; @param delegate null for all; @param after null for the first page */
    @Transactional(readOnly = true)
    List<Delegation> list(
            Delegation.@Nullable State state, @Nullable EmailAddress delegate, @Nullable UUID after, int atMost) {
        return tables.list(state, delegate, after, atMost);
    }

    /** Asks for a delegate; an account manager decides. */
    @Transactional
    Delegation request(PractitionerId practitioner, Delegation.Delegate delegate) {
        if (directory.find(practitioner).isEmpty()) {
            throw new NotFound(
                    "The directory knows no practitioner " + practitioner,
                    "L'annuaire ne connaît pas de praticien " + practitioner);
        }
        tables.lock(practitioner);
        tables.findOpen(practitioner, delegate.email()).ifPresent(open -> {
            throw new InvalidInput(
                    "email",
                    "is of a delegation that is " + open.state().word() + " already: " + open.id()
                            + "; revoke it to ask anew",
                    "est celle d'une délégation déjà " + open.state().french() + " : " + open.id()
                            + " ; révoquez-la pour demander de nouveau");
        });
        Delegation.Stamp stamp = stamp();
        Delegation requested = new Delegation(
                TimeOrderedIds.next(stamp.at()),
                practitioner,
                delegate,
                Delegation.State.REQUESTED,
                null,
                1,
                stamp,
                stamp);
        keep(null, requested);
        return requested;
    }

    /**
     * Accepts, or refuses with a reason.
     *
     * @param refusal why it is refused; null accepts
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    Delegation decide(PractitionerId practitioner, UUID id, @Nullable String refusal, @Nullable Long expected) {
        Delegation before = locked(practitioner, id, expected);
        if (before.state() != Delegation.State.REQUESTED) {
            throw new InvalidInput(
                    "accepted",
                    "is said of a request; this delegation is " + before.state().word(),
                    "se dit d'une demande ; cette délégation est "
                            + before.state().french());
        }
        Delegation.State state = refusal == null ? Delegation.State.ACCEPTED : Delegation.State.REFUSED;
        Delegation after = before.in(state, refusal, stamp());
        keep(before, after);
        return after;
    }

    /**
     * Ends a delegation, or takes a request back; one that has ended stays as it is.
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    Delegation revoke(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        Delegation before = locked(practitioner, id, expected);
        if (!before.isOpen()) {
            return before;
        }
        Delegation after = before.in(Delegation.State.REVOKED, null, stamp());
        keep(before, after);
        Person delegate =
                new Person(Person.Kind.DELEGATE, before.delegate().email().value());
        events.publishEvent(new ActingEnded(delegate, practitioner));
        return after;
    }

    private Delegation locked(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        tables.lock(practitioner);
        Delegation delegation = delegation(practitioner, id);
        EntityTag.check(expected, delegation.version());
        return delegation;
    }

    private void keep(@Nullable Delegation before, Delegation after) {
        tables.save(after);
        history.keep(
                after.practitioner(),
                History.Kind.DELEGATION,
                "delegations/" + after.id(),
                Remembered.of(before),
                Remembered.of(after));
    }

    /** What the history says of a delegation: who it is about is known by the e-mail address, names and town are not needed. */
    private record Remembered(
            String delegate, String state, @Nullable String reason) {
        static @Nullable Remembered of(@Nullable Delegation delegation) {
            return delegation == null
                    ? null
                    : new Remembered(
                            delegation.delegate().email().value(),
                            delegation.state().word(),
                            delegation.reason());
        }
    }

    private Delegation.Stamp stamp() {
        return new Delegation.Stamp(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }
}
