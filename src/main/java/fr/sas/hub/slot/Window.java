package fr.sas.hub.slot;

import java.time.Instant;

/** The requested span of slot starts, both ends included. */
public record Window(Instant from, Instant to) {
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A window must end after it begins: " + from + " to " + to);
        }
    }

    public boolean holds(Instant start) {
        return !start.isBefore(from) && !start.isAfter(to);
    }
}
