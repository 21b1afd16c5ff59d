package fr.sas.hub.index;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one source last said about one subject, and when.
 *
 * @param confirmedAt when the last completely answered question was sent; null when there was none yet
 * @param failedAt when the last question that went wrong was sent; null when none did since {@code confirmedAt}
 * @param trouble what went wrong then
 */
public record SourceStatus(
        Source source,
        @Nullable Instant confirmedAt,
        @Nullable Instant failedAt,
        Answer.@Nullable Trouble trouble) {

    public SourceStatus confirmed(Instant at) {
        if (confirmedAt != null && confirmedAt.isAfter(at)) {
            return this;
        }
        boolean failedSince = failedAt != null && failedAt.isAfter(at);
        return failedSince ? new SourceStatus(source, at, failedAt, trouble) : new SourceStatus(source, at, null, null);
    }

    /** A failure does not speak against what was asked later. */
    SourceStatus failed(Instant at, Answer.Trouble what) {
        boolean counts =
                (confirmedAt == null || confirmedAt.isBefore(at)) && (failedAt == null || !failedAt.isAfter(at));
        return counts ? new SourceStatus(source, confirmedAt, at, what) : this;
    }
}
