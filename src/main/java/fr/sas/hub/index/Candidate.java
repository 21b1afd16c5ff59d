package fr.sas.hub.index;

import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot offered by a source, and its fate.
 *
 * @param slot as offered by the source, before anything was cut off
 * @param since since when this has been its fate; null if unknown
 * @param changedAt when the request was sent whose answer brought it in its present form
 * @param shownAs as found by a search; empty if it is not shown
 */
public record Candidate(
        Source source, Slot slot, Fate fate, @Nullable Instant since, Instant changedAt, List<MergedSlot> shownAs) {
    public Candidate {
        shownAs = List.copyOf(shownAs);
    }
}
