package fr.sas.hub.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an account.
 *
 * @param person for whom the client acted; null: for itself
 * @param before JSON; null when it was made
 * @param after JSON
 */
record AccountChange(
        Instant at,
        String client,
        @Nullable String person,
        @Nullable String before,
        String after) {}
