package fr.sas.hub.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, for whoever takes care of it.
 *
 * @param email null for a practitioner whose address is not known
 * @param practitioner national id of a practitioner; null for everybody else
 * @param kinds as whom it acts now: practitioner, delegate, manager, account-manager
 * @param roles what else it is: regulator, ops
 * @param territories départements whose account managers take care of it, besides those of whom it acts for
 * @param lastSignInAt null when nobody signed in yet
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

    /** Whether the platform alone may change it: it would open more than one territory. */
    public boolean isOfPlatform() {
        return kinds.contains("account-manager") || roles.contains(AccountRole.OPS.word());
    }
}
