package fr.sas.hub.index;

import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot that a source offered, and what became of it.
 *
 * @param slot as the source offered it, before anything was cut off
 * @param since since when that is its fate; null when nobody knows
 * @param changedAt when the answer was asked for that brought it as it is
 * @param shownAs what a search finds of it; empty when it is not shown
 */
public record Candidate(
        Source source, Slot slot, Fate fate, @Nullable Instant since, Instant changedAt, List<MergedSlot> shownAs) {
    public Candidate {
        shownAs = List.copyOf(shownAs);
    }
}
