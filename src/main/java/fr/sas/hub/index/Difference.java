package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import java.util.List;

/**
 * What a delivery would change in the index.
 *
 * @param changes to its vendor's slots, by subject, then name
 * @param overtaken national ids of subjects about which newer data is known: none of their slots would change
 * @param shownBefore how many slots of the subjects concerned searches find, from any source; {@code shownAfter}
 *     likewise
 */
public record Difference(List<Change> changes, List<String> overtaken, int shownBefore, int shownAfter) {

    public Difference {
        changes = List.copyOf(changes);
        overtaken = List.copyOf(overtaken);
    }

    /** One slot; the vendor's own name for it is the same before and after. */
    public sealed interface Change {

        record Appears(Slot slot) implements Change {}

        record Vanishes(Slot slot) implements Change {}

        record Changes(Slot before, Slot after) implements Change {}
    }
}
