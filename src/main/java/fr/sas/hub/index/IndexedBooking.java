package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is booked with the subject: what the index must know of it.
 *
 * @param appointment names it when it is let go
 * @param by who declared it: a vendor, or {@link Source#AGENDA} for a booking on what was typed by hand
 * @param slots names of the slots it takes: the declaring source's own, or ids that the hub gave out; may be none
 * @param place key of the place; null when it is not known
 * @param structure national id of the place, when its key is not known; null when nothing was said of the place
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
