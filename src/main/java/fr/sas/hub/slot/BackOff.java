package fr.sas.hub.slot;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave somebody in peace after failures in a row: twice as long after each, up to a longest time; half of it is random
 * there too, so that those who failed together do not return together (docs/decisions/0084).
 */
public record BackOff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 20;

    /** @param failures in a row, the last included; at least 1 */
    public Duration after(int failures) {
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
