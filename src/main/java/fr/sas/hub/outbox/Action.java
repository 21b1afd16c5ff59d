package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody did about a destination.
 *
 * @param action stop, start, send-again or discard
 * @param letter the one it was done to; null when it was all of them
 * @param by as the client, and the person it acts for, are named in the log
 * @param reason in their words
 */
public record Action(Instant at, String action, @Nullable Long letter, String by, String reason) {}
