package fr.sas.hub.search;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes reported for objects held in memory, by stripe: anything read before a change is stale after it.
 */
final class HeardChanges {

    private final AtomicLongArray counts = new AtomicLongArray(4096);

    long of(Object thing) {
        return counts.get(stripe(thing));
    }

    void heardOf(Object thing) {
        counts.incrementAndGet(stripe(thing));
    }

    void heardOfEverything() {
        for (int stripe = 0; stripe < counts.length(); stripe++) {
            counts.incrementAndGet(stripe);
        }
    }

    private static int stripe(Object thing) {
        return (thing.hashCode() * 0x9E3779B9) >>> 20;
    }
}
