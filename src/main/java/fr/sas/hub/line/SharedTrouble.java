package fr.sas.hub.line;

import fr.sas.hub.slot.BackOff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's failures, as known to all nodes (docs/decisions/0079).
 *
 * @param failures consecutive failures over all nodes; requests that were in progress together count once
 * @param failedAt the last failure; null when there was none
 * @param answeredAt when some node received an answer, perhaps not the latest; null when none is known
 * @param quietUntil no node sends requests before this instant; far in the past when there is no pause
 * @param isBroken whether the circuit is open: after the pause, one request at a time is tried
 * @param trialUntil until when, at most, some node's trial lasts; null when no node is trying
 */
record SharedTrouble(
        int failures,
        @Nullable Instant failedAt,
        @Nullable Instant answeredAt,
        Instant quietUntil,
        boolean isBroken,
        @Nullable Instant trialUntil) {

    static final Duration BREAKER_OPEN = Duration.ofSeconds(30);
    static final SharedTrouble NONE = new SharedTrouble(0, null, null, Instant.MIN, false, null);

    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final int FAILURES_THAT_BREAK = 5;
    private static final Duration RECENTLY = Duration.ofSeconds(10);

    /**
     * A request that one node sent.
     *
     * @param vendorSpoke false when nothing was received, which may also be the node's own network
     * @param broke whether most of the node's own recent requests failed
     * @param retryAt as the vendor asked; far in the past when it did not
     */
    record Failure(Instant sentAt, Instant at, boolean vendorSpoke, boolean broke, Instant retryAt) {}

    /** Whether it concerns all nodes: silence does not if another node was answered shortly before. */
    boolean concernsAll(Failure failure) {
        return failure.vendorSpoke()
                || answeredAt == null
                || answeredAt.isBefore(failure.sentAt().minus(RECENTLY));
    }

    SharedTrouble after(Failure failure) {
        boolean again = failedAt == null || failedAt.isBefore(failure.sentAt());
        int inARow = again ? failures + 1 : Math.max(1, failures);
        boolean broken = isBroken || failure.broke() || inARow >= FAILURES_THAT_BREAK;
        Instant rested = failure.at().plus(pause(inARow, broken));
        return new SharedTrouble(
                inARow, failure.at(), answeredAt, latest(latest(quietUntil, rested), failure.retryAt()), broken, null);
    }

    /** At least as long as the breaker is open, so that the announced time of the next attempt is accurate. */
    static Duration pause(int failures, boolean broken) {
        Duration backOff = BACK_OFF.after(failures);
        return broken && backOff.compareTo(BREAKER_OPEN) < 0 ? BREAKER_OPEN : backOff;
    }

    boolean isBeingTriedAt(Instant now) {
        return trialUntil != null && now.isBefore(trialUntil);
    }

    static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
