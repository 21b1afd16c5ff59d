package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Wording;
import fr.sas.hub.delegation.Territory;
import fr.sas.hub.delegation.TypedText;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account as entered by a person or a client, checked.
 *
 * @param territories départements whose account managers manage it; empty for those of its creator
 */
public record AccountInput(
        EmailAddress email,
        String family,
        String given,
        SortedSet<AccountRole> roles,
        SortedSet<Territory> territories) {

    private static final Wording ROLE = new Wording(
            "must be regulator or ops",
            "Choisissez un rôle parmi ceux qui sont proposés.",
            "Choose one of the roles offered.");

    private static final Wording NONE = new Wording(
            "must name a role: without one the account gives access to nothing",
            "Cochez le rôle : sans lui, ce compte ne donnerait accès à rien.",
            "Tick the role: without it this account would give access to nothing.");

    /**
     * @param needsRole whether the account has nothing but its roles to give access: then one must be named
     * @throws fr.sas.hub.access.InvalidInput with every fault: email, family, given, roles, roles[i], territories[i]
     */
    public static AccountInput of(
            @Nullable String email,
            @Nullable String family,
            @Nullable String given,
            List<? extends @Nullable String> roles,
            List<? extends @Nullable String> territories,
            boolean needsRole) {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        SortedSet<AccountRole> known = new TreeSet<>();
        for (int i = 0; i < roles.size(); i++) {
            String field = "roles[" + i + "]";
            AccountRole.named(roles.get(i)).ifPresentOrElse(known::add, () -> typed.fault(field, ROLE));
        }
        if (needsRole && roles.isEmpty()) {
            typed.fault("roles", NONE);
        }
        SortedSet<Territory> where = typed.territories("territories", territories);
        typed.check();
        return new AccountInput(Objects.requireNonNull(address), familyName, givenName, known, where);
    }
}
