package fr.sas.hub.account;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.Wording;
import fr.sas.hub.account.IdentityLetters.Invitation;
import fr.sas.hub.delegation.AccountManagerMoved;
import fr.sas.hub.delegation.AccountManagers;
import fr.sas.hub.delegation.ActingAddresses;
import fr.sas.hub.delegation.FacilityManagers;
import fr.sas.hub.slot.PractitionerId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts, as managed by the platform and by account managers (guides 002 to 004, 1.1). An account manager sees those
 * of their territory: accounts created for it, or of people who act for someone in it; what they may change there:
 * {@link AccountChangeRules}.
 */
@Service
public class AccountAdministration {

    private static final Wording TAKEN = new Wording(
            "already belongs to an account",
            "Cette adresse électronique est celle d'un compte qui existe déjà.",
            "This e-mail address is that of an account that exists already.");

    /** As many characters as the longest address has. */
    private static final int LONGEST_SEARCH = 254;

    private final Accounts accounts;
    private final AccountTable table;
    private final AccountLog log;
    private final AccountManagers accountManagers;
    private final ActingAddresses addresses;
    private final AccountChangeRules rules;
    private final FacilityManagers managers;
    private final ActivationMails welcomes;
    private final IdentityLetters identities;
    private final Clock clock;

    AccountAdministration(
            Accounts accounts,
            AccountTable table,
            AccountLog log,
            AccountManagers accountManagers,
            ActingAddresses addresses,
            AccountChangeRules rules,
            FacilityManagers managers,
            ActivationMails welcomes,
            IdentityLetters identities,
            Clock clock) {
        this.accounts = accounts;
        this.table = table;
        this.log = log;
        this.accountManagers = accountManagers;
        this.addresses = addresses;
        this.rules = rules;
        this.managers = managers;
        this.welcomes = welcomes;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * Accounts by name.
     *
     * @param text part of a name or an address; null for all
     * @param after the last account of the previous page; null for the first page
     * @throws InvalidInput when the text is longer than any name or address
     */
    @Transactional(readOnly = true)
    public List<AccountView> list(@Nullable String text, @Nullable UUID after, int atMost) {
        if (text != null && text.length() > LONGEST_SEARCH) {
            throw new InvalidInput(
                    "text",
                    "has at most " + LONGEST_SEARCH + " characters",
                    "Une recherche compte " + LONGEST_SEARCH + " caractères au plus.",
                    "A search has at most " + LONGEST_SEARCH + " characters.");
        }
        return table.list(text, accountManagers.ofCaller(), after, atMost);
    }

    /** @throws NotFound also if it belongs to another territory */
    @Transactional(readOnly = true)
    public AccountView account(UUID id) {
        return table.find(id, accountManagers.ofCaller())
                .orElseThrow(() -> new NotFound("There is no account " + id, "Ce compte n'existe pas."));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    List<AccountChange> changes(UUID id, int atMost) {
        return table.changes(account(id).id(), atMost);
    }

    /** Creates an account and sends the welcome mail; a form that is sent again leads to the account it created. */
    @Transactional
    public AccountView make(AccountInput typed, SentForm form) {
        Instant now = now();
        UUID id = form.makes(UuidCreator.getTimeOrderedEpoch(now), typed, Authorship.current());
        accounts.lock(id.toString());
        if (accounts.findById(id).isPresent()) {
            return account(id);
        }
        mustBeFree(typed.email(), null);
        AccountInput input = rules.within(typed, new TreeSet<>());
        Account made = accounts.saveAndFlush(new Account(id, input, now));
        AccountView view = log.created(made.id(), now);
        welcome(view, Invitation.SENT);
        return view;
    }

    /**
     * Replaces names, address, roles and territories. Delegations and facilities move to a new address, which gets the
     * welcome mail; new names also apply to facilities and the territory. Of their own account, account managers can
     * change only the names here; they change its address where they sign in.
     *
     * @param expected the revision that the caller has read; null to overwrite any
     */
    @Transactional
    public AccountView change(UUID id, AccountInput typed, @Nullable Long expected) {
        AccountView before = changeable(id, expected);
        Account account = accounts.findById(id).orElseThrow();
        EmailAddress former = account.email();
        boolean moved = !typed.email().equals(former);
        if (moved && isOwn(before)) {
            throw new InvalidInput(
                    "email",
                    "of your own account can only be changed where you sign in",
                    "Votre propre adresse se modifie sous « Vos identifiants de connexion ».",
                    "Your own address is changed where you sign in.");
        }
        if (moved) {
            rules.mustBeTheirsToMove(account);
        }
        mustBeFree(typed.email(), id);
        Instant now = now();
        account.change(rules.granted(typed, before), now);
        accounts.saveAndFlush(account);
        if (moved && former != null) {
            addresses.change(former, typed.email());
        }
        addresses.rename(typed.email(), typed.family(), typed.given());
        AccountView after = log.changed(before, now);
        if (moved) {
            welcome(after, Invitation.TO_NEW_ADDRESS);
        } else {
            identities.put(after, Invitation.NONE);
        }
        return after;
    }

    /** Whether an account is already as this change would make it, as after a form that was sent twice. */
    @Transactional(readOnly = true)
    public boolean isAlready(UUID id, AccountInput typed) {
        AccountView now = account(id);
        try {
            AccountInput made = rules.granted(typed, now);
            return made.email().value().equals(now.email())
                    && made.family().equals(now.family())
                    && made.given().equals(now.given())
                    && made.roles().equals(AccountChangeRules.roles(now))
                    && made.territories().equals(AccountChangeRules.territories(now));
        } catch (InvalidInput refused) {
            return false;
        }
    }

    /** Applies the platform's change of an account manager to their account and everything tied to its address. */
    @EventListener
    void on(AccountManagerMoved moved) {
        Account account = accounts.findByEmail(moved.from().value()).orElse(null);
        boolean elsewhere = !moved.to().equals(moved.from());
        if (account == null
                || (elsewhere && accounts.findByEmail(moved.to().value()).isPresent())) {
            return;
        }
        AccountView before = log.now(account.id());
        Instant now = now();
        account.move(moved, now);
        accounts.saveAndFlush(account);
        if (elsewhere) {
            addresses.change(moved.from(), moved.to());
        }
        AccountView after = log.changed(before, now);
        if (elsewhere) {
            welcome(after, Invitation.TO_NEW_ADDRESS);
        } else {
            identities.put(after, Invitation.NONE);
        }
    }

    /** Takes effect at once, on every node; an account that is already closed is left unchanged. */
    @Transactional
    public AccountView close(UUID id, @Nullable Long expected) {
        AccountView before = changeable(id, expected);
        if (before.closedAt() != null) {
            return before;
        }
        if (isOwn(before)) {
            throw new InvalidInput(
                    "closed",
                    "cannot be set for your own account: the platform closes it",
                    "Votre propre compte n'est fermé que par la plateforme.");
        }
        Account account = accounts.findById(id).orElseThrow();
        Instant now = now();
        account.close(now);
        accounts.saveAndFlush(account);
        EmailAddress email = account.email();
        if (email != null) {
            addresses.suspend(email);
        }
        PractitionerId practitioner = account.practitioner();
        if (practitioner != null) {
            addresses.suspend(practitioner);
        }
        return notifyKeycloak(log.changed(before, now));
    }

    /** An open account is left unchanged. */
    @Transactional
    public AccountView reopen(UUID id, @Nullable Long expected) {
        AccountView before = changeable(id, expected);
        if (before.closedAt() == null) {
            return before;
        }
        Account account = accounts.findById(id).orElseThrow();
        Instant now = now();
        account.reopen(now);
        accounts.saveAndFlush(account);
        return notifyKeycloak(log.changed(before, now));
    }

    private AccountView notifyKeycloak(AccountView account) {
        identities.put(account, Invitation.NONE);
        return account;
    }

    /** When the address of an account got its last welcome mail; empty if it got none within a day. */
    @Transactional(readOnly = true)
    public Optional<Instant> lastWelcomeMail(AccountView view) {
        return welcomes.last(view);
    }

    /**
     * Sends it again, at an account manager's request (guides 002 and 003, 1.2).
     *
     * @param seen when the address had got its last one when this was requested: if it has got another since, the request
     *     was sent twice, and nothing is done; null to send it in any case
     */
    @Transactional
    public void sendWelcomeMail(UUID id, @Nullable Instant seen) {
        accounts.lock(id.toString());
        AccountView view = account(id);
        if (view.email() == null) {
            throw new InvalidInput(
                    "email",
                    "of this account is not known",
                    "Aucune adresse électronique n'est connue pour ce compte.");
        }
        if (view.closedAt() != null) {
            throw new InvalidInput(
                    "closed", "is true: reopen the account first", "Ce compte est fermé : rouvrez-le d'abord.");
        }
        if (seen == null
                || welcomes.last(view).filter(last -> last.isAfter(seen)).isEmpty()) {
            welcome(view, Invitation.SENT);
        }
    }

    private void welcome(AccountView view, Invitation invitation) {
        EmailAddress email = new EmailAddress(Objects.requireNonNull(view.email()));
        Optional<String> facility = managers.facilitiesOf(email).stream().findFirst();
        welcomes.send(view, invitation, facility.orElse(null));
    }

    /** Whether it is the account of the account manager for whom this request is made. */
    public boolean isOwn(AccountView view) {
        return AccountChangeRules.isOwn(view);
    }

    /** Locks the account until the end of the transaction. */
    private AccountView changeable(UUID id, @Nullable Long expected) {
        accounts.lock(id.toString());
        AccountView view = account(id);
        EntityTag.check(expected, view.revision());
        rules.mustBeChangeable(view);
        return view;
    }

    private void mustBeFree(EmailAddress email, @Nullable UUID but) {
        if (accounts.findByEmail(email.value())
                .filter(other -> !other.id().equals(but))
                .isPresent()) {
            throw new InvalidInput("email", TAKEN);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
