package fr.sas.hub.outbox;

import java.time.Instant;

/**
 * One outgoing message. It holds the whole state of its subject, so that a newer one makes it obsolete.
 *
 * @param id increases with each letter
 * @param key its subject; letters with the same key and destination are sent in the order in which they were queued
 * @param body as written by the room that queued it
 * @param attempt 1 for the first; when greater, an earlier attempt may have been delivered nonetheless
 */
public record Letter(long id, Destination destination, String key, String body, int attempt, Instant putAt) {}
