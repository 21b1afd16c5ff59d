package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import java.util.List;

/**
 * What a delivery would do to the index.
 *
 * @param changes of its vendor's slots, by subject, then name
 * @param overtaken national ids of those about whom something newer is known: nothing of theirs would change
 * @param shownBefore how many slots of everybody it is about searches find, whatever the source; {@code shownAfter} likewise
 */
public record Difference(List<Change> changes, List<String> overtaken, int shownBefore, int shownAfter) {

    public Difference {
        changes = List.copyOf(changes);
        overtaken = List.copyOf(overtaken);
    }

    /** One slot; the vendor's own name for it is the same in both. */
    public sealed interface Change {

        record Appears(Slot slot) implements Change {}

        record Vanishes(Slot slot) implements Change {}

        record Changes(Slot before, Slot after) implements Change {}
    }
}
