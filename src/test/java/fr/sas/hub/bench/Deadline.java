package fr.sas.hub.bench;

import java.time.Duration;

/** Ends the wait for what does not come, and with it the benchmark, rather than let it hang. */
record Deadline(long nanoTime, String awaited) {

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** @param awaited a sentence that is true once the wait is over */
    static Deadline in(Duration patience, String awaited) {
        return new Deadline(System.nanoTime() + patience.toNanos(), awaited);
    }

    /** @throws IllegalStateException when it has passed */
    void check() {
        if (System.nanoTime() - nanoTime > 0) {
            throw new IllegalStateException("Waited in vain until " + awaited);
        }
    }

    void pause() throws InterruptedException {
        check();
        Thread.sleep(PAUSE);
    }
}
