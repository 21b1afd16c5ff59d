package fr.sas.hub.slot;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one source said about the subjects it was asked for. A subject asked for without an offer has nothing free.
 *
 * @param window the slot starts that were asked for; nothing outside is touched
 * @param fetchedAt when the question was sent: the age of this knowledge counts from here
 * @param delivery what brought it; null when nothing was delivered, as with the agenda
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
            throw new IllegalArgumentException("An offer for somebody who was not asked for");
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
