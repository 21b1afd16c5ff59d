package fr.sas.hub.agenda;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When nobody is available at a place.
 *
 * @param from included
 * @param until excluded; null: until further notice
 */
public record Absence(Instant from, @Nullable Instant until) {

    public Absence {
        if (until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("An absence ends after it begins: " + from);
        }
    }

    public boolean isAt(Instant instant) {
        return !instant.isBefore(from) && (until == null || instant.isBefore(until));
    }
}
