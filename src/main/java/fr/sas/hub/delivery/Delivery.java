package fr.sas.hub.delivery;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The raw result of one request, before anything has parsed it.
 *
 * @param id UUIDv7, so that deliveries sort by time
 * @param fetchedAt when the request was sent
 * @param pages the bodies as received, one per page; empty when the vendor did not answer; for an HTTP error the
 *     beginning of its body, read only by people
 * @param trial the vendor is on trial: judged, never shown
 */
public record Delivery(
        UUID id,
        Source source,
        Flow flow,
        Set<Subject> asked,
        Window window,
        Instant fetchedAt,
        Duration took,
        Answer answer,
        List<byte[]> pages,
        Set<Quirk> quirks,
        boolean trial) {
    public Delivery {
        asked = Set.copyOf(asked);
        pages = List.copyOf(pages);
        quirks = Set.copyOf(quirks);
    }

    /** The same without its pages. */
    public DeliverySummary summary() {
        return new DeliverySummary(
                id,
                source,
                flow,
                asked,
                window,
                fetchedAt,
                took,
                answer,
                pages.stream().mapToLong(page -> page.length).sum(),
                pages.size(),
                trial);
    }
}
