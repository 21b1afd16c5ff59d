package fr.sas.hub.slot;

import java.time.Instant;
import java.util.Set;

/**
 * A source says that nothing changed: what it last said completely is so still.
 *
 * @param subjects about whom; empty for everybody the source ever spoke of
 * @param at when it said so
 */
public record Confirmation(Source source, Set<Subject> subjects, Instant at) {
    public Confirmation {
        subjects = Set.copyOf(subjects);
    }
}
