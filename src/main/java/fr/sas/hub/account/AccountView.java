package fr.sas.hub.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, for those who manage it.
 *
 * @param email null for a practitioner whose address is not known
 * @param practitioner national id of a practitioner; null for everyone else
 * @param kinds the capacities in which it acts now: practitioner, delegate, manager, account-manager
 * @param roles other roles: regulator, ops
 * @param territories départements whose account managers manage it, in addition to those of the people it acts for
 * @param lastSignInAt null if no one has signed in yet
 * @param closedAt null while it is open
 * @param revision counts the changes made by others
 */
public record AccountView(
        UUID id,
        @Nullable String email,
        @Nullable String practitioner,
        String family,
        String given,
        List<String> kinds,
        List<String> roles,
        List<String> territories,
        Instant createdAt,
        @Nullable Instant lastSignInAt,
        @Nullable Instant termsAcceptedAt,
        @Nullable Instant closedAt,
        long revision,
        Instant changedAt,
        String changedBy) {

    /** Whether its roles are all that gives it access. */
    public boolean hasOnlyRoles() {
        return kinds.isEmpty() && !roles.isEmpty();
    }

    /** Whether only the platform may change it, because it gives access to more than one territory. */
    public boolean isOfPlatform() {
        return kinds.contains("account-manager") || roles.contains(AccountRole.OPS.code());
    }
}
