package fr.sas.hub.outbox;

import java.time.Instant;

/**
 * One message under way. It holds the whole state of what it is about, so that a newer one makes it pointless.
 *
 * @param id grows with each letter
 * @param key whom or what it is about; letters of one key and destination leave in the order they were put down
 * @param body as the room that put it down wrote it
 * @param attempt 1 for the first; greater means that an earlier attempt may have arrived all the same
 */
public record Letter(long id, Destination destination, String key, String body, int attempt, Instant putAt) {}
