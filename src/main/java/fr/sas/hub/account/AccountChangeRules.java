package fr.sas.hub.account;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.Wording;
import fr.sas.hub.delegation.AccountManagers;
import fr.sas.hub.delegation.ActingAddresses;
import fr.sas.hub.delegation.DirectorySubjects;
import fr.sas.hub.delegation.Territories;
import fr.sas.hub.delegation.Territory;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Who may change which account, and into what. Account managers may not change what gives access beyond their
 * territory: accounts of account managers, and addresses of practitioners and of people who also act elsewhere. Only
 * ops grant the role ops and change accounts that have it (docs/decisions/0057).
 */
@Component
class AccountChangeRules {

    private final AccountManagers accountManagers;
    private final ActingAddresses addresses;
    private final DirectorySubjects subjects;

    AccountChangeRules(AccountManagers accountManagers, ActingAddresses addresses, DirectorySubjects subjects) {
        this.accountManagers = accountManagers;
        this.addresses = addresses;
        this.subjects = subjects;
    }

    /** @throws MissingRight when the caller may not change this account at all */
    void mustBeChangeable(AccountView view) {
        if (view.roles().contains(AccountRole.OPS.code()) && !isOps()) {
            throw new MissingRight(
                    "accounts:write",
                    new Wording(
                            "Accounts with the role ops can only be changed by ops",
                            "Le compte de l'exploitation n'est modifié que par l'exploitation."));
        }
        if (isForPerson() && view.isOfPlatform() && !isOwn(view)) {
            throw new MissingRight(
                    "accounts:write",
                    new Wording(
                            "Accounts of account managers and of ops can only be changed by the platform",
                            "Le compte d'un gestionnaire de comptes ou de l'exploitation n'est modifié que par la"
                                    + " plateforme."));
        }
    }

    /** Whether it is the account of the account manager for whom this request is made. */
    static boolean isOwn(AccountView view) {
        return Caller.current()
                .map(Caller::person)
                .filter(person -> person.kind() == Person.Kind.ACCOUNT_MANAGER
                        && person.id().equals(view.email()))
                .isPresent();
    }

    /** Whoever reads mail at the new address takes over the account: it must not give access outside the territory. */
    void mustBeTheirsToMove(Account account) {
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
                    "of a practitioner, or of someone who also acts outside your territory, can only be changed by the"
                            + " platform",
                    "L'adresse d'un effecteur de soins, ou d'une personne qui agit aussi hors de votre territoire,"
                            + " n'est modifiée que par la plateforme.",
                    "The address of a health professional, or of someone who also acts outside your"
                            + " territory, is changed by the platform only.");
        }
    }

    /** What the account becomes: of their own, account managers change the names only. */
    AccountInput granted(AccountInput typed, AccountView before) {
        return isOwn(before) ? namesOnly(typed, before) : within(typed, territories(before));
    }

    /**
     * An account manager can grant only the roles and territories that are theirs to grant; those granted by others
     * stay.
     */
    AccountInput within(AccountInput typed, SortedSet<Territory> before) {
        if (typed.roles().contains(AccountRole.OPS) && !isOps()) {
            throw new InvalidInput(
                    "roles",
                    "may contain ops only if ops grant it",
                    "Ce rôle n'est donné que par l'exploitation.",
                    "This role is granted only by those who run the platform.");
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
                    "must be within your own territory",
                    "Vous ne pouvez indiquer que des départements de votre territoire.",
                    "You can enter only départements of your territory.");
        }
        kept.addAll(named);
        return new AccountInput(typed.email(), typed.family(), typed.given(), typed.roles(), kept);
    }

    /** Nobody may grant themselves roles or territories. */
    private static AccountInput namesOnly(AccountInput typed, AccountView own) {
        SortedSet<AccountRole> roles = roles(own);
        SortedSet<Territory> territories = territories(own);
        if (!typed.roles().equals(roles)) {
            throw new InvalidInput(
                    "roles",
                    "of your own account can only be granted by the platform",
                    "Les rôles de votre propre compte ne sont donnés que par la plateforme.",
                    "The roles of your own account are granted by the platform only.");
        }
        if (!typed.territories().isEmpty() && !typed.territories().equals(territories)) {
            throw new InvalidInput(
                    "territories",
                    "of your own account can only be granted by the platform",
                    "Les départements de votre propre compte ne sont donnés que par la plateforme.",
                    "The départements of your own account are granted by the platform only.");
        }
        return new AccountInput(typed.email(), typed.family(), typed.given(), roles, territories);
    }

    static SortedSet<AccountRole> roles(AccountView view) {
        SortedSet<AccountRole> roles = new TreeSet<>();
        view.roles().forEach(word -> AccountRole.named(word).ifPresent(roles::add));
        return roles;
    }

    static SortedSet<Territory> territories(AccountView view) {
        SortedSet<Territory> territories = new TreeSet<>();
        view.territories().forEach(code -> territories.add(new Territory(code)));
        return territories;
    }

    private static boolean isOps() {
        return Caller.current().filter(caller -> caller.role() == Role.OPS).isPresent();
    }

    private static boolean isForPerson() {
        return Caller.current().map(Caller::person).isPresent();
    }
}
