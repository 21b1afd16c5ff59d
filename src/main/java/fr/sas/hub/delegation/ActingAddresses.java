package fr.sas.hub.delegation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Wording;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything tied to an e-mail address: it moves when the address changes (guides 002 and 003, 1.3), and is suspended
 * when its account is closed.
 */
@Service
public class ActingAddresses {

    private static final Wording TAKEN = new Wording(
            "already acts for one of the same: end that first",
            "Cette adresse électronique agit déjà pour l'un des mêmes professionnels ou structures.",
            "This e-mail address already acts for one of the same professionals or structures.");

    private final DelegationRows delegations;
    private final FacilityManagerRows managers;
    private final AccountManagerRows accountManagers;
    private final AccountManagers territories;
    private final DirectorySubjects subjects;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ActingAddresses(
            DelegationRows delegations,
            FacilityManagerRows managers,
            AccountManagerRows accountManagers,
            AccountManagers territories,
            DirectorySubjects subjects,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.delegations = delegations;
        this.managers = managers;
        this.accountManagers = accountManagers;
        this.territories = territories;
        this.subjects = subjects;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    private record ActingRelation(UUID id, Person.Kind kind, Subject subject, boolean inForce) {}

    /**
     * Transfers delegations, requested and accepted, facilities and an account manager's territories to the new
     * address. What the former address was given to keep, such as the secret address of a calendar, ends.
     *
     * @throws InvalidInput if the new address is already tied to one of the same
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(EmailAddress from, EmailAddress to) {
        List<ActingRelation> relations = relations(from);
        try {
            Delegation.Stamp stamp =
                    new Delegation.Stamp(clock.instant(), Authorship.current().toString());
            delegations.listOpen(from).forEach(row -> row.move(to, stamp));
            managers.findByEmailOrderById(from).forEach(row -> row.move(to));
            accountManagers.findByEmail(from).ifPresent(row -> row.move(to));
            delegations.flush();
        } catch (DataIntegrityViolationException e) {
            throw new InvalidInput("email", TAKEN);
        }
        relations.forEach(relation -> recordMove(relation, from, to));
        end(relations, from);
    }

    /**
     * Gives the holder's new name to the facilities and territories tied to this address: to all of them if the
     * platform makes the change; if an account manager does, to those in their territories and to their own entry.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void rename(EmailAddress address, String family, String given) {
        Territories own = territories.ofCaller();
        if (own == null || isOfCaller(address)) {
            accountManagers.findByEmail(address).ifPresent(row -> row.rename(family, given, clock.instant()));
        }
        managers.findByEmailOrderById(address).stream()
                .filter(row -> own == null || subjects.isIn(own, row.named().facility()))
                .forEach(row -> row.rename(family, given));
    }

    private static boolean isOfCaller(EmailAddress address) {
        return Caller.current()
                .map(Caller::person)
                .filter(person -> person.id().equals(address.value()))
                .isPresent();
    }

    private void recordMove(ActingRelation relation, EmailAddress from, EmailAddress to) {
        if (relation.kind() == Person.Kind.DELEGATE) {
            history.record(
                    relation.subject(),
                    History.Kind.DELEGATION,
                    "delegations/" + relation.id(),
                    Map.of("delegate", from.value()),
                    Map.of("delegate", to.value()));
        } else {
            history.record(
                    relation.subject(),
                    History.Kind.MANAGERS,
                    "managers/" + relation.id(),
                    Map.of("manager", from.value()),
                    Map.of("manager", to.value()));
        }
    }

    /** The owner of the address acts for nobody for the time being: what they were given to keep ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void suspend(EmailAddress address) {
        end(relations(address), address);
    }

    /** The same for a practitioner, who acts for themselves. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void suspend(PractitionerId practitioner) {
        events.publishEvent(new ActingEnded(new Person(Person.Kind.PRACTITIONER, practitioner.value()), practitioner));
    }

    /**
     * Whether both addresses act, or are requested to act, for one of the same: neither can then take over what the
     * other has.
     */
    @Transactional(readOnly = true)
    public boolean overlap(EmailAddress one, EmailAddress other) {
        List<ActingRelation> relations = relations(other);
        return relations(one).stream()
                .anyMatch(relation -> relations.stream()
                        .anyMatch(own ->
                                own.kind() == relation.kind() && own.subject().equals(relation.subject())));
    }

    /** Those for whom the owner of the address acts or is requested to act. */
    @Transactional(readOnly = true)
    public List<Subject> subjectsOf(EmailAddress address) {
        return relations(address).stream().map(ActingRelation::subject).toList();
    }

    private void end(List<ActingRelation> relations, EmailAddress address) {
        relations.stream()
                .filter(ActingRelation::inForce)
                .forEach(relation -> events.publishEvent(
                        new ActingEnded(new Person(relation.kind(), address.value()), relation.subject())));
    }

    private List<ActingRelation> relations(EmailAddress address) {
        return Stream.concat(
                        delegations.listOpen(address).stream()
                                .map(DelegationRow::delegation)
                                .map(open -> new ActingRelation(
                                        open.id(),
                                        Person.Kind.DELEGATE,
                                        open.subject(),
                                        open.state() == Delegation.State.ACCEPTED)),
                        managers.findByEmailOrderById(address).stream()
                                .map(FacilityManagerRow::named)
                                .map(named -> new ActingRelation(
                                        named.id(), Person.Kind.FACILITY_MANAGER, named.facility(), true)))
                .toList();
    }
}
