package fr.sas.hub.delegation;

import fr.sas.hub.access.Person;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The mails about a delegation: about a request to the account managers of the territory (guide 004, V); about a
 * decision to the delegate, once accepted, and to the requester. A practitioner's address is known to other rooms: they
 * receive {@link DelegationDecided}.
 */
@Component
class DelegationMails {

    private final AccountManagers accountManagers;
    private final FacilityManagers managers;
    private final DirectorySubjects subjects;
    private final Mails mails;
    private final ApplicationEventPublisher events;

    DelegationMails(
            AccountManagers accountManagers,
            FacilityManagers managers,
            DirectorySubjects subjects,
            Mails mails,
            ApplicationEventPublisher events) {
        this.accountManagers = accountManagers;
        this.managers = managers;
        this.subjects = subjects;
        this.mails = mails;
        this.events = events;
    }

    void requested(Delegation delegation) {
        Delegation.Delegate delegate = delegation.delegate();
        String asker = subjects.name(delegation.subject());
        referents(delegation.subject())
                .forEach(referent -> mails.send(new Mail(
                        referent.typed().email(),
                        "delegation-requested",
                        delegation.id().toString(),
                        Map.of(
                                "name",
                                        referent.typed().given() + " "
                                                + referent.typed().family(),
                                "asker", asker,
                                "family", delegate.family(),
                                "given", delegate.given(),
                                "town", delegate.town(),
                                "email", delegate.email().value()))));
    }

    /** Account managers of the territory. */
    Stream<AccountManager> referents(Subject subject) {
        return accountManagers.list(null, null).stream()
                .filter(referent -> subjects.isIn(referent.typed().territories(), subject));
    }

    void decided(Delegation delegation) {
        String delegate =
                delegation.delegate().given() + " " + delegation.delegate().family();
        var decided = new DelegationDecided(
                delegation.id(),
                delegation.subject(),
                subjects.name(delegation.subject()),
                delegate,
                delegation.reason());
        if (delegation.state() == Delegation.State.ACCEPTED) {
            events.publishEvent(new ActingBegan(
                    new Person(
                            Person.Kind.DELEGATE, delegation.delegate().email().value()),
                    delegation.delegate().family(),
                    delegation.delegate().given(),
                    null));
            mails.send(decided.mail(delegation.delegate().email(), delegate));
        }
        if (delegation.subject() instanceof StructureId centre) {
            managers.of(centre)
                    .forEach(manager ->
                            mails.send(decided.mail(manager.email(), manager.given() + " " + manager.family())));
        }
        events.publishEvent(decided);
    }
}
