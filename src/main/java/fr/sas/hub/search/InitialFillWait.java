package fr.sas.hub.search;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How long a starting node waits for its shelf to be filled before it is ready (docs/decisions/0102): until every subject has
 * been visited; only briefly if most are found rendered, which searches can read by themselves, or if none could be visited;
 * longer if most have to be rendered.
 */
final class InitialFillWait {

    /** Whether every subject was visited. */
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    private final Duration whileFound;
    private final Duration atMost;
    private boolean wasLong;
    private boolean rendering;
    private int looksThatRendered;
    private int looksThatFound;

    /**
     * @param whileFound how long it takes at most while most subjects are found rendered, or before any was visited
     * @param atMost how long it takes at most, whatever the database does
     */
    InitialFillWait(Duration whileFound, Duration atMost) {
        this.whileFound = whileFound;
        this.atMost = atMost;
    }

    void begin() {
        Executor later = CompletableFuture.delayedExecutor(whileFound.toNanos(), TimeUnit.NANOSECONDS);
        later.execute(this::itHasBeenLong);
        over.completeOnTimeout(false, atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** After {@code whileFound}. */
    synchronized void itHasBeenLong() {
        wasLong = true;
        endIfLongEnough();
    }

    /** @param rendering whether most of the subjects looked at last had to be rendered */
    synchronized void lookedAtSome(boolean rendering) {
        this.rendering = rendering;
        if (rendering) {
            looksThatRendered++;
        } else {
            looksThatFound++;
        }
        endIfLongEnough();
    }

    void lookedAtAll() {
        over.complete(true);
    }

    private void endIfLongEnough() {
        if (wasLong && !rendering) {
            over.complete(false);
        }
    }

    synchronized boolean hasMostlyRendered() {
        return looksThatRendered > looksThatFound;
    }

    boolean isOver() {
        return over.isDone();
    }

    /**
     * Waits without a limit of its own: Spring interrupts a start that waits here when the process is to end.
     *
     * @return whether every subject was visited
     */
    boolean await() throws InterruptedException {
        try {
            return over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
