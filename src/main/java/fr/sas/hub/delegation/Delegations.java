package fr.sas.hub.delegation;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Duration;
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
 * Who may act for whom: requested by practitioners and managers of health centres, decided by account managers, revoked
 * by either; revocations take effect at once.
 */
@Service
public class Delegations {

    private static final int REQUESTS_AN_HOUR = 20;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Wording REQUESTS_RULE = new Wording(
            "More than " + REQUESTS_AN_HOUR
                    + " delegates were requested within an hour; nothing was done. Try again later",
            "Plus de " + REQUESTS_AN_HOUR
                    + " délégataires ont été demandés en une heure : rien n'a été fait. Réessayez plus tard.");

    private final DelegationRows rows;
    private final AccountManagers accountManagers;
    private final DelegationMails mails;
    private final FacilityManagers managers;
    private final PractitionerAddresses practitioners;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Delegations(
            DelegationRows rows,
            AccountManagers accountManagers,
            DelegationMails mails,
            FacilityManagers managers,
            PractitionerAddresses practitioners,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.accountManagers = accountManagers;
        this.mails = mails;
        this.managers = managers;
        this.practitioners = practitioners;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    boolean isDelegate(EmailAddress email, Subject subject) {
        return rows.existsBySubjectAndDelegateEmailAndState(subject, email, Delegation.State.ACCEPTED);
    }

    /** In any state, newest first. */
    @Transactional(readOnly = true)
    public List<Delegation> of(Subject subject) {
        return delegations(rows.findBySubjectOrderByIdDesc(subject));
    }

    @Transactional(readOnly = true)
    public Delegation delegation(Subject subject, UUID id) {
        return row(subject, id).delegation();
    }

    private DelegationRow row(Subject subject, UUID id) {
        return rows.findByIdAndSubject(id, subject)
                .orElseThrow(
                        () -> new NotFound(subject + " has no delegation " + id, "Cette délégation n'existe pas."));
    }

    /**
     * Oldest first; for an account manager, those of their territories. @param state null for all; @param delegate null
     * for all; @param after null for the first page
     */
    @Transactional(readOnly = true)
    public List<Delegation> list(
            Delegation.@Nullable State state, @Nullable EmailAddress delegate, @Nullable UUID after, int atMost) {
        Territories where = accountManagers.ofCaller();
        return delegations(rows.list(
                state == null ? null : state.name(),
                delegate == null ? null : delegate.value(),
                where == null ? null : where.postalCodes(),
                after,
                atMost));
    }

    /** Those for whom the owner of an address now acts, longest accepted first. */
    @Transactional(readOnly = true)
    public List<Delegation> inForceOf(EmailAddress delegate) {
        return delegations(rows.findByDelegateEmailAndStateOrderById(delegate, Delegation.State.ACCEPTED));
    }

    private static List<Delegation> delegations(List<DelegationRow> rows) {
        return rows.stream().map(DelegationRow::delegation).toList();
    }

    /**
     * Requests a delegate; an account manager decides. A form that is sent again leads to the request that it made, or,
     * if that has been refused or has ended, makes another.
     */
    @Transactional
    public Delegation request(Subject subject, Delegation.Delegate delegate, SentForm form) {
        mustExist(subject);
        rows.lock(subject.value());
        Delegation.Stamp stamp = stamp();
        UUID fresh = UuidCreator.getTimeOrderedEpoch(stamp.at());
        UUID id = form.makes(fresh, subject, delegate);
        Optional<Delegation> made = made(id, subject);
        while (made.isPresent() && !made.get().isOpen()) {
            id = form.makes(fresh, subject, delegate, id);
            made = made(id, subject);
        }
        return made.isPresent() ? made.get() : request(id, subject, delegate, stamp);
    }

    private Optional<Delegation> made(UUID id, Subject subject) {
        return rows.findByIdAndSubject(id, subject).map(DelegationRow::delegation);
    }

    private Delegation request(UUID id, Subject subject, Delegation.Delegate delegate, Delegation.Stamp stamp) {
        mustBeSomeoneElse(subject, delegate.email());
        rows.findOpen(subject, delegate.email()).map(DelegationRow::delegation).ifPresent(open -> {
            throw new InvalidInput(
                    "email",
                    "belongs to a delegation that is already " + open.state().code() + ": " + open.id()
                            + "; revoke it to make a new request",
                    "Une délégation pour cette adresse électronique est déjà "
                            + open.state().french() + " : révoquez-la pour demander de nouveau.",
                    "A delegation for this e-mail address is already "
                            + open.state().code() + ": revoke it to request it again.");
        });
        mustNotBeTooOften(subject, stamp.at());
        Delegation requested = save(null, new DelegationRow(id, subject, delegate, stamp));
        mails.requested(requested);
        return requested;
    }

    private void mustBeSomeoneElse(Subject subject, EmailAddress delegate) {
        switch (subject) {
            case PractitionerId id -> {
                if (practitioners.of(id).filter(delegate::equals).isPresent()) {
                    throw new InvalidInput(
                            "email",
                            "must not be the practitioner's own address: a delegate is someone else",
                            "Cette adresse électronique est celle du compte du praticien : indiquez celle d'une autre"
                                    + " personne.",
                            "This e-mail address is that of the practitioner's account: enter the address of"
                                    + " someone else.");
                }
            }
            case StructureId id -> {
                if (managers.of(id).stream().anyMatch(each -> each.email().equals(delegate))) {
                    throw new InvalidInput(
                            "email",
                            "must not be the address of a manager of this health centre, who needs no delegation",
                            "Cette adresse électronique est celle d'un gestionnaire de la structure, qui n'a pas besoin"
                                    + " de délégation : indiquez celle d'une autre personne.",
                            "This e-mail address is that of a manager of the structure, who needs no delegation:"
                                    + " enter the address of someone else.");
                }
            }
        }
    }

    /** Whether an account manager is responsible for the territory; without one, nobody is notified of a request. */
    @Transactional(readOnly = true)
    public boolean hasReferents(Subject subject) {
        return mails.referents(subject).findAny().isPresent();
    }

    /** Every request is mailed to all account managers of the territory. */
    private void mustNotBeTooOften(Subject subject, Instant now) {
        List<Instant> lately = rows.listRequestedSince(subject, now.minus(HOUR));
        if (lately.size() >= REQUESTS_AN_HOUR) {
            throw new TooOften(
                    REQUESTS_RULE, Duration.between(now, lately.getFirst().plus(HOUR)));
        }
    }

    private void mustExist(Subject subject) {
        switch (subject) {
            case PractitionerId id -> directory.practitionerWithPlaces(id);
            case StructureId id -> {
                Facility facility = directory.knownFacility(id);
                if (!facility.isCentre()) {
                    throw new InvalidInput(
                            "nationalId",
                            "must name a health centre: only facilities of kind cds have delegates",
                            "Parmi les structures, seuls les centres de santé ont des délégataires.");
                }
            }
        }
    }

    /**
     * Accepts it, or refuses it with a reason.
     *
     * @param refusal why it is refused; null to accept
     * @param expected the version the writer has read; null to overwrite any
     */
    @Transactional
    public Delegation decide(Subject subject, UUID id, @Nullable String refusal, @Nullable Long expected) {
        DelegationRow row = locked(subject, id, expected);
        Delegation before = row.delegation();
        if (before.state() != Delegation.State.REQUESTED) {
            throw new InvalidInput(
                    "accepted",
                    "applies only to a request; this delegation is "
                            + before.state().code(),
                    "Une décision ne porte que sur une demande ; cette délégation est déjà "
                            + before.state().french() + ".",
                    "A decision is made on a request only; this delegation is already "
                            + before.state().code() + ".");
        }
        row.transitionTo(refusal == null ? Delegation.State.ACCEPTED : Delegation.State.REFUSED, refusal, stamp());
        Delegation after = save(before, row);
        mails.decided(after);
        return after;
    }

    /**
     * Ends a delegation, or withdraws a request; one that has ended is left as it is.
     *
     * @param expected the version the writer has read; null to overwrite any
     */
    @Transactional
    public Delegation revoke(Subject subject, UUID id, @Nullable Long expected) {
        DelegationRow row = locked(subject, id, expected);
        Delegation before = row.delegation();
        if (!before.isOpen()) {
            return before;
        }
        row.transitionTo(Delegation.State.REVOKED, null, stamp());
        Delegation after = save(before, row);
        Person delegate =
                new Person(Person.Kind.DELEGATE, before.delegate().email().value());
        events.publishEvent(new ActingEnded(delegate, subject));
        return after;
    }

    private DelegationRow locked(Subject subject, UUID id, @Nullable Long expected) {
        rows.lock(subject.value());
        DelegationRow row = row(subject, id);
        EntityTag.check(expected, row.version());
        return row;
    }

    private Delegation save(@Nullable Delegation before, DelegationRow row) {
        Delegation after = rows.saveAndFlush(row).delegation();
        history.record(
                after.subject(),
                History.Kind.DELEGATION,
                "delegations/" + after.id(),
                DelegationSnapshot.of(before),
                DelegationSnapshot.of(after));
        return after;
    }

    /**
     * What the history records about a delegation: the e-mail address identifies the delegate; names and town are not
     * needed.
     */
    private record DelegationSnapshot(
            String delegate, String state, @Nullable String reason) {
        static @Nullable DelegationSnapshot of(@Nullable Delegation delegation) {
            return delegation == null
                    ? null
                    : new DelegationSnapshot(
                            delegation.delegate().email().value(),
                            delegation.state().code(),
                            delegation.reason());
        }
    }

    private Delegation.Stamp stamp() {
        return new Delegation.Stamp(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }
}
