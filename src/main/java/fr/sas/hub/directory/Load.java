package fr.sas.hub.directory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One load of a national extraction.
 *
 * @param state running, done, failed
 * @param failure why it failed; null otherwise
 * @param lines number read, excluding the header
 * @param removed practitioners in the previous extraction that are missing from this one
 * @param skippedLines the first of the skipped lines; empty in lists
 */
public record Load(
        long id,
        String file,
        String state,
        @Nullable String failure,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long lines,
        long skipped,
        long phonesLeftOut,
        long practitioners,
        long places,
        long facilities,
        long removed,
        List<SkippedLine> skippedLines) {}
