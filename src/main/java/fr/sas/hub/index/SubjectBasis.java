package fr.sas.hub.index;

import fr.sas.hub.index.freshness.SourceFreshness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rendering of a subject depends on: while it is the same, so is the rendering, unless an absence begins or ends
 * ({@link Availability#until}).
 *
 * @param standings how far each source with slots or a description here is trusted, in a stable order
 * @param until when time alone changes {@code standings}, unless the sources confirm their data earlier; null for never
 */
public record SubjectBasis(
        ReadySubjects.Stamp stamp,
        String standings,
        @Nullable Instant until) {

    /** Whether both lead to the same rendering. */
    public boolean isAs(SubjectBasis other) {
        return stamp.equals(other.stamp) && standings.equals(other.standings);
    }

    /** Whether a confirmation by any of the sources changes nothing. */
    public boolean isTrusted() {
        return !standings.contains(":" + SourceFreshness.UNVERIFIED)
                && !standings.contains(":" + SourceFreshness.HIDDEN);
    }
}
