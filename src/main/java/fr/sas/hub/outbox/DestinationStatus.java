package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a destination, the same on every node.
 *
 * @param waiting letters to be sent, including those in flight
 * @param underWay letters currently claimed by a node
 * @param dead dead letters: refused, or given up
 * @param oldestAt when the oldest waiting letter was queued
 * @param deliveredAt the last delivery, accurate to a few seconds
 * @param failures consecutive
 * @param nextAttemptAt not before; null when there is no back-off
 * @param trouble of the last failure, kept even after recovery
 * @param stoppedAt since when an operator has stopped it; with who and why
 */
public record DestinationStatus(
        String destination,
        State state,
        long waiting,
        long underWay,
        long dead,
        @Nullable Instant oldestAt,
        @Nullable Instant deliveredAt,
        int failures,
        @Nullable Instant nextAttemptAt,
        @Nullable String trouble,
        @Nullable Instant troubleAt,
        @Nullable Instant stoppedAt,
        @Nullable String stoppedBy,
        @Nullable String stoppedWhy) {

    public enum State {
        RUNNING,
        /** The last attempt failed; one letter at a time is tried, at increasing intervals. */
        FAILING,
        /** By an operator: nothing is sent. */
        STOPPED
    }
}
