package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One operator action on a destination.
 *
 * @param action stop, start, send-again or discard
 * @param letter the letter concerned; null for all of them
 * @param by the client, and the person it acts for, as named in the log
 * @param reason in their words
 */
public record DestinationAction(
        Instant at, String action, @Nullable Long letter, String by, String reason) {}
