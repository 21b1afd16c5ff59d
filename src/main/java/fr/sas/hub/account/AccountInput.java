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
 * What somebody typed of an account, checked.
 *
 * @param territories départements whose account managers take care of it; empty for those of who makes it
 */
public record AccountInput(
        EmailAddress email,
        String family,
        String given,
        SortedSet<AccountRole> roles,
        SortedSet<Territory> territories) {

    private static final Wording ROLE =
            new Wording("is regulator or ops", "Choisissez un rôle parmi ceux qui sont proposés.");

    /** @throws fr.sas.hub.access.InvalidInput names every fault: email, family, given, roles[i], territories[i] */
    public static AccountInput of(
            @Nullable String email,
            @Nullable String family,
            @Nullable String given,
            List<? extends @Nullable String> roles,
            List<? extends @Nullable String> territories) {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        SortedSet<AccountRole> known = new TreeSet<>();
        for (int i = 0; i < roles.size(); i++) {
            String field = "roles[" + i + "]";
            AccountRole.named(roles.get(i)).ifPresentOrElse(known::add, () -> typed.fault(field, ROLE));
        }
        SortedSet<Territory> where = new TreeSet<>();
        for (int i = 0; i < territories.size(); i++) {
            String field = "territories[" + i + "]";
            Territory.parse(territories.get(i)).ifPresentOrElse(where::add, () -> typed.fault(field, Territory.RULE));
        }
        typed.check();
        return new AccountInput(Objects.requireNonNull(address), familyName, givenName, known, where);
    }
}
