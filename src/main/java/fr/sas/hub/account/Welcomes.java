package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.account.IdentityLetters.Invitation;
import fr.sas.hub.delegation.ActingBegan;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The « Mail d'activation SAS » (guides 002 and 003, 1.1): to everybody who gets an account by others. Whoever is named manager
 * or accepted as a delegate gets one with it; managers of a facility are told both ways to sign in (guide 004, I.2).
 */
@Component
class Welcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Welcomes.class);

    private final Accounts accounts;
    private final AccountLog log;
    private final Mails mails;
    private final IdentityLetters identities;
    private final WelcomeTurns turns;
    private final Clock clock;

    Welcomes(
            Accounts accounts,
            AccountLog log,
            Mails mails,
            IdentityLetters identities,
            WelcomeTurns turns,
            Clock clock) {
        this.accounts = accounts;
        this.log = log;
        this.mails = mails;
        this.identities = identities;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Within the transaction that names or accepts them, which a mailbox that got its mails already does not hold up. Who has an
     * account knows the way.
     */
    @EventListener
    void on(ActingBegan began) {
        EmailAddress email = new EmailAddress(began.person().id());
        if (accounts.findByEmail(email.value()).isPresent()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AccountInput input = new AccountInput(email, began.family(), began.given(), new TreeSet<>(), new TreeSet<>());
        Account made = accounts.saveAndFlush(new Account(TimeOrderedIds.next(now), input, now));
        AccountView view = log.made(made.id(), now);
        try {
            send(view, Invitation.SENT, began.facility());
        } catch (TooOften e) {
            LOG.info("No welcome mail with account {}: {}", view.id(), e.getMessage());
            identities.put(view, Invitation.NONE);
        }
    }

    /**
     * Keycloak's own mail, with a link to a first password, is the welcome where the hub may ask for it; managers of a facility
     * are told of their two ways by the hub all the same.
     *
     * @param facility name of a facility they manage; null for everybody else
     * @throws TooOften when the address got the hour's already; nothing was sent
     */
    void send(AccountView account, Invitation invitation, @Nullable String facility) {
        EmailAddress to = new EmailAddress(Objects.requireNonNull(account.email()));
        turns.take(to);
        boolean byKeycloak = identities.put(account, invitation);
        String id = account.id().toString();
        String name = (account.given() + " " + account.family()).strip();
        if (facility != null) {
            mails.send(new Mail(to, "activation-centre", id, Map.of("name", name, "centre", facility)));
        } else if (!byKeycloak) {
            mails.send(new Mail(to, "activation", id, Map.of("name", name)));
        }
    }
}
