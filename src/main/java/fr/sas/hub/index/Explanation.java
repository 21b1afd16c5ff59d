package fr.sas.hub.index;

import fr.sas.hub.participation.Settings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why searches find of a subject what they find.
 *
 * @param at the instant that is explained
 * @param settingsSince when these settings were set; null when they never were
 * @param words one per source that was asked or spoke; the past forgets words of more than an hour before
 * @param candidates by start, then source: every slot known with a start in the window, shown or not
 */
public record Explanation(
        Instant at, Settings settings, @Nullable Instant settingsSince, List<Word> words, List<Candidate> candidates) {

    /** What a source said last, how far it was trusted, and how its vendor stood; null for the agenda and for who left. */
    public record Word(
            SourceStatus said,
            SourceFreshness standing,
            @Nullable String vendor) {}
}
