package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An undelivered letter, for display.
 *
 * @param key its subject: a regulator's UUID, the hub's id of a booking
 * @param attempts started so far
 * @param putAt when it was queued, or revived by an operator
 * @param dueAt the earliest time of the next attempt; never before the end of the destination's back-off
 * @param trouble of the last attempt, in the receiver's words if there were any
 */
public record PendingLetter(
        long id,
        String destination,
        String key,
        State state,
        int attempts,
        Instant putAt,
        Instant dueAt,
        @Nullable String trouble,
        @Nullable Instant troubleAt) {

    public enum State {
        WAITING,
        /** Refused, or given up: sent again only on an operator's request. */
        DEAD
    }
}
