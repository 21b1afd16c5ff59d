package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.delegation.DelegationDecided;
import fr.sas.hub.delegation.Managers;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A practitioner who asked for a delegate is told what was decided, at the address of their account. */
@Component
public class DecisionMails {

    private final Accounts accounts;
    private final Managers managers;
    private final Mails mails;

    DecisionMails(Accounts accounts, Managers managers, Mails mails) {
        this.accounts = accounts;
        this.managers = managers;
        this.mails = mails;
    }

    /** Within the transaction that decides. */
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

    /** Whether anybody who asks in this name has an address to be told at: of a health centre its managers. */
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
