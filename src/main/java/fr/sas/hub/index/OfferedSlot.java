package fr.sas.hub.index;

import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one slot.
 *
 * @param shown as found by searches; null if it is not
 * @param hidden sources that offered it when they last answered, too long ago for it to be shown: whether it is
 *     still free is unknown
 * @param statuses what each source last reported about its subject
 */
public record OfferedSlot(@Nullable MergedSlot shown, Set<Source> hidden, List<SourceStatus> statuses) {
    public OfferedSlot {
        hidden = Set.copyOf(hidden);
        statuses = List.copyOf(statuses);
    }

    /** Every source that offers it, shown or not; empty if every source that ever did has withdrawn it. */
    public Set<Source> sources() {
        Set<Source> sources = new HashSet<>(shownBy());
        sources.addAll(hidden);
        return sources;
    }

    /** The sources under which searches find it. */
    public Set<Source> shownBy() {
        Set<Source> sources = new HashSet<>();
        if (shown != null) {
            sources.add(shown.source());
            shown.others().forEach(other -> sources.add(other.source()));
        }
        return sources;
    }
}
