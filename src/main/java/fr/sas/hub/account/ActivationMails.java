package fr.sas.hub.account;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.account.IdentityLetters.Invitation;
import fr.sas.hub.delegation.ActingBegan;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.mail.Mails;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The « Mail d'activation SAS » (guides 002 and 003, 1.1), sent to everyone for whom others create an account. People
 * appointed as manager or accepted as delegate get an account too; managers of a facility are told both ways to sign in
 * (guide 004, I.2).
 */
@Component
class ActivationMails {

    private static final Logger LOG = LoggerFactory.getLogger(ActivationMails.class);

    private final Accounts accounts;
    private final AccountLog log;
    private final Mails mails;
    private final IdentityLetters identities;
    private final ActivationMailTurns turns;
    private final Clock clock;

    ActivationMails(
            Accounts accounts,
            AccountLog log,
            Mails mails,
            IdentityLetters identities,
            ActivationMailTurns turns,
            Clock clock) {
        this.accounts = accounts;
        this.log = log;
        this.mails = mails;
        this.identities = identities;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Within the transaction that appoints or accepts them, which does not fail if the mailbox has already got its
     * mails. Nothing is sent to people who already have an account.
     */
    @EventListener
    void on(ActingBegan began) {
        EmailAddress email = new EmailAddress(began.person().id());
        if (accounts.findByEmail(email.value()).isPresent()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AccountInput input = new AccountInput(email, began.family(), began.given(), new TreeSet<>(), new TreeSet<>());
        Account made = accounts.saveAndFlush(new Account(UuidCreator.getTimeOrderedEpoch(now), input, now));
        AccountView view = log.created(made.id(), now);
        try {
            send(view, Invitation.SENT, began.facility());
        } catch (TooOften e) {
            LOG.info("No welcome mail for account {}: {}", view.id(), e.getMessage());
            identities.put(view, Invitation.NONE);
        }
    }

    /** When an account's address got the last; empty if it got none within a day. */
    Optional<Instant> last(AccountView account) {
        return Optional.ofNullable(account.email()).map(EmailAddress::new).flatMap(turns::last);
    }

    /**
     * Where the hub can request it, Keycloak's own mail, with a link to set a first password, is the welcome mail; the
     * hub still informs managers of a facility of their two ways to sign in.
     *
     * @param facility name of a facility they manage; null for everyone else
     * @throws TooOften if the address has got the hour's mails already; nothing was sent
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
