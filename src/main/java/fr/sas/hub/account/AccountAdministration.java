package fr.sas.hub.account;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.Wording;
import fr.sas.hub.account.IdentityLetters.Invitation;
import fr.sas.hub.delegation.AccountManagerMoved;
import fr.sas.hub.delegation.AccountManagers;
import fr.sas.hub.delegation.ActingAddresses;
import fr.sas.hub.delegation.DirectorySubjects;
import fr.sas.hub.delegation.Managers;
import fr.sas.hub.delegation.Territories;
import fr.sas.hub.delegation.Territory;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts, as the platform and account managers take care of them (guides 002 to 004, 1.1). An account manager sees those of
 * their territory: made for it, or acting for somebody in it. What opens more than their territory is not theirs to change:
 * accounts of account managers, addresses of practitioners and of who acts elsewhere too. Role ops is given, and accounts
 * that have it are changed, by ops only (docs/decisions/0057).
 */
@Service
public class AccountAdministration {

    private static final Wording TAKEN = new Wording(
            "is of an account already", "Cette adresse électronique est celle d'un compte qui existe déjà.");

    private final Accounts accounts;
    private final AccountTable table;
    private final AccountLog log;
    private final AccountManagers accountManagers;
    private final ActingAddresses addresses;
    private final DirectorySubjects subjects;
    private final Managers managers;
    private final Welcomes welcomes;
    private final IdentityLetters identities;
    private final Clock clock;

    AccountAdministration(
            Accounts accounts,
            AccountTable table,
            AccountLog log,
            AccountManagers accountManagers,
            ActingAddresses addresses,
            DirectorySubjects subjects,
            Managers managers,
            Welcomes welcomes,
            IdentityLetters identities,
            Clock clock) {
        this.accounts = accounts;
        this.table = table;
        this.log = log;
        this.accountManagers = accountManagers;
        this.addresses = addresses;
        this.subjects = subjects;
        this.managers = managers;
        this.welcomes = welcomes;
        this.identities = identities;
        this.clock = clock;
    }

    /** By name. @param text of a name or an address; null for all; @param after the last of the page before; null for the first */
    @Transactional(readOnly = true)
    public List<AccountView> list(@Nullable String text, @Nullable UUID after, int atMost) {
        return table.list(text, accountManagers.ofCaller(), after, atMost);
    }

    /** @throws NotFound also when it is of another territory */
    @Transactional(readOnly = true)
    public AccountView account(UUID id) {
        return table.find(id, accountManagers.ofCaller())
                .orElseThrow(() -> new NotFound("There is no account " + id, "Ce compte n'existe pas."));
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    List<AccountChange> changes(UUID id, int atMost) {
        return table.changes(account(id).id(), atMost);
    }

    /** Makes an account and sends the welcome mail. */
    @Transactional
    public AccountView make(AccountInput typed) {
        mustBeFree(typed.email(), null);
        AccountInput input = within(typed, new TreeSet<>());
        Instant now = now();
        Account made = accounts.saveAndFlush(new Account(TimeOrderedIds.next(now), input, now));
        AccountView view = log.made(made.id(), now);
        welcome(view, Invitation.SENT);
        return view;
    }

    /**
     * Replaces names, address, roles and territories. A new address takes delegations and facilities along, and gets the
     * welcome mail; new names stand with the facilities and the territory too. An account manager changes the names of their
     * own account, and its address where they sign in.
     *
     * @param expected the revision the writer has read; null when the writer does not care
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
                    "of your own account is changed where you sign in",
                    "Votre propre adresse se modifie sous « Vos identifiants de connexion ».");
        }
        if (moved) {
            mustBeTheirsToMove(account);
        }
        mustBeFree(typed.email(), id);
        Instant now = now();
        account.change(isOwn(before) ? namesOnly(typed, before) : within(typed, territories(before)), now);
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

    /** The account of an account manager follows what the platform changes of them, with all that is tied to the address. */
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

    /** In force at once, on every node; a closed one stays as it is. */
    @Transactional
    public AccountView close(UUID id, @Nullable Long expected) {
        AccountView before = changeable(id, expected);
        if (before.closedAt() != null) {
            return before;
        }
        if (isOwn(before)) {
            throw new InvalidInput(
                    "closed",
                    "is not for the account manager's own account: the platform closes it",
                    "Votre propre compte n'est fermé que par la plateforme.");
        }
        Account account = accounts.findById(id).orElseThrow();
        Instant now = now();
        account.close(now);
        accounts.saveAndFlush(account);
        EmailAddress email = account.email();
        if (email != null) {
            addresses.rest(email);
        }
        PractitionerId practitioner = account.practitioner();
        if (practitioner != null) {
            addresses.rest(practitioner);
        }
        return told(log.changed(before, now));
    }

    /** An open one stays as it is. */
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
        return told(log.changed(before, now));
    }

    private AccountView told(AccountView account) {
        identities.put(account, Invitation.NONE);
        return account;
    }

    /** Once more, at an account manager's wish (guides 002 and 003, 1.2). */
    @Transactional
    public void sendWelcomeMail(UUID id) {
        AccountView view = account(id);
        if (view.email() == null) {
            throw new InvalidInput(
                    "email",
                    "is not known of this account",
                    "Aucune adresse électronique n'est connue pour ce compte.");
        }
        if (view.closedAt() != null) {
            throw new InvalidInput(
                    "closed", "is true: reopen the account first", "Ce compte est fermé : rouvrez-le d'abord.");
        }
        welcome(view, Invitation.SENT);
    }

    private void welcome(AccountView view, Invitation invitation) {
        EmailAddress email = new EmailAddress(Objects.requireNonNull(view.email()));
        Optional<String> facility = managers.facilitiesOf(email).stream().findFirst();
        welcomes.send(view, invitation, facility.orElse(null));
    }

    private AccountView changeable(UUID id, @Nullable Long expected) {
        AccountView view = account(id);
        EntityTag.check(expected, view.revision());
        if (view.roles().contains(AccountRole.OPS.word()) && !isOps()) {
            throw new MissingRight(
                    "accounts:write",
                    new Wording(
                            "Accounts of role ops are changed by ops only",
                            "Le compte de l'exploitation n'est modifié que par l'exploitation."));
        }
        if (isForPerson() && view.isOfPlatform() && !isOwn(view)) {
            throw new MissingRight(
                    "accounts:write",
                    new Wording(
                            "Accounts of account managers and of ops are changed by the platform only",
                            "Le compte d'un gestionnaire de comptes ou de l'exploitation n'est modifié que par la"
                                    + " plateforme."));
        }
        return view;
    }

    /** An account manager's, whom this request is made for. */
    public boolean isOwn(AccountView view) {
        return Caller.current()
                .map(Caller::person)
                .filter(person -> person.kind() == Person.Kind.ACCOUNT_MANAGER
                        && person.id().equals(view.email()))
                .isPresent();
    }

    /** Whoever reads the new address becomes who had the former one: it must open nothing outside the territory. */
    private void mustBeTheirsToMove(Account account) {
        Territories own = accountManagers.ofCaller();
        EmailAddress email = account.email();
        if (own == null) {
            return;
        }
        if (account.practitioner() != null
                || (email != null
                        && !addresses.subjectsOf(email).stream().allMatch(each -> subjects.isIn(own, each)))) {
            throw new InvalidInput(
                    "email",
                    "of practitioners, and of who acts outside the territory too, is changed by the platform only",
                    "L'adresse d'un effecteur de soins, ou d'une personne qui agit aussi hors de votre territoire,"
                            + " n'est modifiée que par la plateforme.");
        }
    }

    private static boolean isOps() {
        return Caller.current().filter(caller -> caller.role() == Role.OPS).isPresent();
    }

    private static boolean isForPerson() {
        return Caller.current().map(Caller::person).isPresent();
    }

    private void mustBeFree(EmailAddress email, @Nullable UUID but) {
        if (accounts.findByEmail(email.value())
                .filter(other -> !other.id().equals(but))
                .isPresent()) {
            throw new InvalidInput("email", TAKEN);
        }
    }

    /** An account manager gives roles and territories that are theirs to give; what others gave stays. */
    private AccountInput within(AccountInput typed, SortedSet<Territory> before) {
        if (typed.roles().contains(AccountRole.OPS) && !isOps()) {
            throw new InvalidInput("roles", "ops is given by ops only", "Ce rôle n'est donné que par l'exploitation.");
        }
        if (!isForPerson()) {
            return typed;
        }
        Territories own = Objects.requireNonNull(accountManagers.ofCaller());
        SortedSet<Territory> named = typed.territories().isEmpty() ? own.all() : typed.territories();
        SortedSet<Territory> kept = new TreeSet<>(before);
        kept.removeAll(own.all());
        if (!own.all()
                .containsAll(named.stream().filter(each -> !kept.contains(each)).toList())) {
            throw new InvalidInput(
                    "territories",
                    "are of the account manager's own",
                    "Vous ne pouvez indiquer que des départements de votre territoire.");
        }
        kept.addAll(named);
        return new AccountInput(typed.email(), typed.family(), typed.given(), typed.roles(), kept);
    }

    /** Nobody gives themselves what others are to give. */
    private static AccountInput namesOnly(AccountInput typed, AccountView own) {
        SortedSet<AccountRole> roles = new TreeSet<>();
        own.roles().forEach(word -> AccountRole.named(word).ifPresent(roles::add));
        SortedSet<Territory> territories = territories(own);
        if (!typed.roles().equals(roles)) {
            throw new InvalidInput(
                    "roles",
                    "of your own account are given by the platform",
                    "Les rôles de votre propre compte ne sont donnés que par la plateforme.");
        }
        if (!typed.territories().isEmpty() && !typed.territories().equals(territories)) {
            throw new InvalidInput(
                    "territories",
                    "of your own account are given by the platform",
                    "Les départements de votre propre compte ne sont donnés que par la plateforme.");
        }
        return new AccountInput(typed.email(), typed.family(), typed.given(), roles, territories);
    }

    private static SortedSet<Territory> territories(AccountView view) {
        SortedSet<Territory> territories = new TreeSet<>();
        view.territories().forEach(code -> territories.add(new Territory(code)));
        return territories;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
