package fr.sas.hub.index;

import java.time.Instant;
import java.util.List;

/**
 * What the index took from a delivery the last time it arrived.
 *
 * @param unchanged number of subjects with nothing new
 * @param overtaken national ids of subjects about which newer data was known
 * @param added number of slots, like {@code removed}
 * @param times how often the delivery arrived: more than once if it was replayed
 */
public record DeliveryEffect(Instant at, int unchanged, List<String> overtaken, int added, int removed, int times) {
    public DeliveryEffect {
        overtaken = List.copyOf(overtaken);
    }
}
