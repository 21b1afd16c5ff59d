package fr.sas.hub.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change to an account.
 *
 * @param person for whom the client acted; null if it acted for itself
 * @param before JSON; null if the account was created
 * @param after JSON
 */
record AccountChange(
        Instant at,
        String client,
        @Nullable String person,
        @Nullable String before,
        String after) {}
