package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.delegation.DelegationDecided;
import fr.sas.hub.delegation.FacilityManagers;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Notifies a practitioner who requested a delegate of the decision, at the address of their account. */
@Component
public class DecisionMails {

    private final Accounts accounts;
    private final FacilityManagers managers;
    private final Mails mails;

    DecisionMails(Accounts accounts, FacilityManagers managers, Mails mails) {
        this.accounts = accounts;
        this.managers = managers;
        this.mails = mails;
    }

    /** Within the transaction of the decision. */
    @EventListener
    void on(DelegationDecided decided) {
        if (decided.subject() instanceof PractitionerId practitioner) {
            account(practitioner).ifPresent(account -> {
                EmailAddress email = account.email();
                if (email != null) {
                    mails.send(decided.mail(email, account.name()));
                }
            });
        }
    }

    /**
     * Whether there is an address to notify of a decision: the practitioner's, or that of a manager of the health
     * centre.
     */
    public boolean reachAsker(Subject asker) {
        return switch (asker) {
            case PractitionerId practitioner ->
                account(practitioner).map(Account::email).isPresent();
            case StructureId centre -> !managers.of(centre).isEmpty();
        };
    }

    private Optional<Account> account(PractitionerId practitioner) {
        return accounts.findByPractitioner(practitioner.value()).filter(account -> !account.isClosed());
    }
}
