package fr.sas.hub.index.freshness;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one source last reported about one subject, and when.
 *
 * @param confirmedAt when the last request with a complete answer was sent; null if there has been none
 * @param failedAt when the last failed request was sent; null if none has failed since {@code confirmedAt}
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

    /** A failure says nothing about later requests. */
    public SourceStatus failed(Instant at, Answer.Trouble what) {
        boolean counts =
                (confirmedAt == null || confirmedAt.isBefore(at)) && (failedAt == null || !failedAt.isAfter(at));
        return counts ? new SourceStatus(source, confirmedAt, at, what) : this;
    }
}
