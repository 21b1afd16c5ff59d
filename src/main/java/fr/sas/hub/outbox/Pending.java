package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A letter that has not arrived, for who wants to know.
 *
 * @param key whom or what it is about: a regulator's UUID, the hub's id of a booking
 * @param attempts begun so far
 * @param putAt when it was put down, or revived by a person
 * @param dueAt when it is tried next at the earliest; not before the destination has rested
 * @param trouble of the last attempt, in the receiver's words when it had any
 */
public record Pending(
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
        /** Refused, or given up: sent again only when somebody says so. */
        DEAD
    }
}
