package fr.sas.hub.agenda.place;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When nobody is available at a place.
 *
 * @param from inclusive
 * @param until exclusive; null for until further notice
 */
public record Absence(Instant from, @Nullable Instant until) {

    public Absence {
        if (until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("An absence must end after it begins: " + from);
        }
    }

    /** The part between these instants; null means no end. */
    Optional<Absence> within(Instant first, @Nullable Instant end) {
        Instant begins = from.isBefore(first) ? first : from;
        Instant ends = until == null || end != null && end.isBefore(until) ? end : until;
        return ends != null && !begins.isBefore(ends) ? Optional.empty() : Optional.of(new Absence(begins, ends));
    }

    public boolean isAt(Instant instant) {
        return !instant.isBefore(from) && (until == null || instant.isBefore(until));
    }
}
