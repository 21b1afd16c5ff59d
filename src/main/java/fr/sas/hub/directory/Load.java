package fr.sas.hub.directory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a national extraction.
 *
 * @param state running, done, failed
 * @param failure why it failed; null otherwise
 * @param lines read, the header not counted
 * @param removed practitioners an earlier extraction had and this one has not
 * @param skippedLines the first of the skipped; empty in lists
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
