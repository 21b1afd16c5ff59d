package fr.sas.hub.account;

import fr.sas.hub.delegation.DelegationDecided;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.PractitionerId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A practitioner who asked for a delegate is told what was decided, at the address of their account. */
@Component
class DecisionMails {

    private final Accounts accounts;
    private final Mails mails;

    DecisionMails(Accounts accounts, Mails mails) {
        this.accounts = accounts;
        this.mails = mails;
    }

    /** Within the transaction that decides. */
    @EventListener
    void on(DelegationDecided decided) {
        if (decided.subject() instanceof PractitionerId practitioner) {
            accounts.findByPractitioner(practitioner.value())
                    .filter(account -> !account.isClosed())
                    .ifPresent(account -> {
                        var email = account.email();
                        if (email != null) {
                            mails.send(decided.mail(email, account.name()));
                        }
                    });
        }
    }
}
