package fr.sas.hub.rule;

import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is the answer to.
 *
 * @param subjects who was asked for; empty when nobody knows, and then nobody is out of place
 * @param window the span of slot starts asked for; null when nobody knows
 * @param now when it was asked; null when nobody knows, and then nothing is past
 */
public record Asked(
        Kind kind,
        Set<Subject> subjects,
        @Nullable Window window,
        @Nullable Instant now) {

    /** The three searches of the guide. */
    public enum Kind {
        /** INT_R01. */
        INDIVIDUAL,
        /** INT_R04. */
        CPTS,
        SOS
    }

    public Asked {
        subjects = Set.copyOf(subjects);
    }

    /** Somebody brings an answer without its question. */
    public static Asked nothingKnown(Kind kind) {
        return new Asked(kind, Set.of(), null, null);
    }
}
