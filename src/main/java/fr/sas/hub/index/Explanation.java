package fr.sas.hub.index;

import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Settings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why searches find what they find for a subject.
 *
 * @param at the instant explained
 * @param settingsSince when these settings were saved; null if never
 * @param statements one per source that was asked or had reported; for the past, those more than an hour older are
 *     forgotten
 * @param candidates by start, then source: every known slot that starts in the window, shown or not
 */
public record Explanation(
        Instant at,
        Settings settings,
        @Nullable Instant settingsSince,
        List<SourceStatement> statements,
        List<Candidate> candidates) {

    /**
     * What a source last reported, how far it was trusted, and the state of its vendor; null for the agenda and for a
     * vendor that has left.
     */
    public record SourceStatement(
            SourceStatus status,
            SourceFreshness freshness,
            @Nullable String vendor) {}
}
