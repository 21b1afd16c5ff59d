package fr.sas.hub.slot;

import java.time.Instant;
import java.util.Set;

/**
 * A source's statement that nothing has changed: its last complete answer still holds.
 *
 * @param subjects the subjects concerned; empty for every subject the source has ever reported on
 * @param at when the source stated it
 */
public record Confirmation(Source source, Set<Subject> subjects, Instant at) {
    public Confirmation {
        subjects = Set.copyOf(subjects);
    }
}
