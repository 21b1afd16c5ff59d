package fr.sas.hub.slot;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one source answered about the subjects requested from it. A requested subject without an offer has nothing free.
 *
 * @param window the slot starts that were requested; slots outside it are not affected
 * @param fetchedAt when the request was sent: the age of this data counts from then
 * @param delivery the delivery that brought it; null when there is none, as with the agenda
 */
public record SlotBatch(
        Source source,
        Set<Subject> asked,
        Window window,
        Instant fetchedAt,
        Answer answer,
        Map<Subject, Offer> offers,
        @Nullable UUID delivery) {
    public SlotBatch {
        asked = Set.copyOf(asked);
        offers = Map.copyOf(offers);
        if (!asked.containsAll(offers.keySet())) {
            throw new IllegalArgumentException("An offer for a subject that was not requested");
        }
    }

    public SlotBatch(
            Source source,
            Set<Subject> asked,
            Window window,
            Instant fetchedAt,
            Answer answer,
            Map<Subject, Offer> offers) {
        this(source, asked, window, fetchedAt, answer, offers, null);
    }
}
