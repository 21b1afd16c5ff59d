package fr.sas.hub.testing;

import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Deliveries as the connector makes them, for tests that begin behind it. */
public final class Delivered {

    private Delivered() {}

    /** A complete answer to a question about these subjects, asked at this instant for 72 hours. */
    public static Delivery by(
            String vendor, Flow flow, Instant fetchedAt, Set<? extends Subject> asked, VendorBundle... pages) {
        return new Delivery(
                UUID.randomUUID(),
                new Source(vendor),
                flow,
                Set.copyOf(asked),
                new Window(fetchedAt, fetchedAt.plus(Duration.ofHours(72))),
                fetchedAt,
                Duration.ofMillis(20),
                Answer.COMPLETE,
                List.of(pages).stream().map(VendorBundle::toBytes).toList(),
                Set.of(),
                false);
    }
}
