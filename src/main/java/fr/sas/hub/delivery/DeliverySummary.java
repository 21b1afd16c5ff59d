package fr.sas.hub.delivery;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A delivery without its pages.
 *
 * @param bytes of all pages, uncompressed
 */
public record DeliverySummary(
        UUID id,
        Source source,
        Flow flow,
        Set<Subject> asked,
        Window window,
        Instant fetchedAt,
        Duration took,
        Answer answer,
        long bytes,
        int pages,
        boolean trial) {
    public DeliverySummary {
        asked = Set.copyOf(asked);
    }
}
