package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it goes with a destination, the same on every node.
 *
 * @param waiting letters to be sent, those under way included
 * @param underWay claimed by a node at this moment
 * @param dead letters laid aside: refused, or given up
 * @param oldestAt when the oldest letter that waits was put down
 * @param deliveredAt the last delivery, to a few seconds
 * @param failures in a row
 * @param nextAttemptAt not before; null when nothing holds it back
 * @param trouble of the last failure, also when all is well again
 * @param stoppedAt since when a person keeps it silent; with who and why
 */
record DestinationStanding(
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

    enum State {
        RUNNING,
        /** The last attempt failed; one letter at a time is tried, ever more rarely. */
        FAILING,
        /** By a person: nothing is sent. */
        STOPPED
    }
}
