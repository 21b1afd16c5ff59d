package fr.sas.hub.slot;

import java.time.Instant;

/** The span of slot starts that was asked for, both ends included. */
public record Window(Instant from, Instant to) {
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A window ends after it begins: " + from + " to " + to);
        }
    }

    public boolean holds(Instant start) {
        return !start.isBefore(from) && !start.isAfter(to);
    }
}
