package fr.sas.hub.index;

import java.time.Instant;
import java.util.List;

/**
 * What the index took of a delivery, the last time it came.
 *
 * @param unchanged subjects about whom nothing was new
 * @param overtaken national ids of subjects about whom something newer was known
 * @param added slots, as {@code removed}
 * @param times how often the delivery came: more than once when it was replayed
 */
public record HeardDelivery(Instant at, int unchanged, List<String> overtaken, int added, int removed, int times) {
    public HeardDelivery {
        overtaken = List.copyOf(overtaken);
    }
}
