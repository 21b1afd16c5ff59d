package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking with a subject: what the index must know about it.
 *
 * @param appointment identifies it when it is released
 * @param by who declared it: a vendor, or {@link Source#AGENDA} for a booking on slots entered by hand
 * @param slots names of the slots it takes: the declaring source's own, or ids issued by the hub; may be empty
 * @param place key of the place; null if unknown
 * @param structure national id of the place, if its key is unknown; null if no place was given
 * @param forAll whether equal slots of the other sources are taken too
 */
public record IndexedBooking(
        UUID appointment,
        Subject subject,
        Source by,
        List<String> slots,
        @Nullable String place,
        @Nullable StructureId structure,
        Instant start,
        Instant end,
        boolean forAll) {
    public IndexedBooking {
        slots = List.copyOf(slots);
    }
}
