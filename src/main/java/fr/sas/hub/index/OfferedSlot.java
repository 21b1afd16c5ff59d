package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one slot stands.
 *
 * @param shown as searches find it; null when they do not
 * @param hidden sources that offered it when they were last heard, too long ago for it to be shown: nobody knows whether it is
 *     still free
 * @param words what each source last said of its subject
 */
public record OfferedSlot(@Nullable MergedSlot shown, Set<Source> hidden, List<SourceStatus> words) {
    public OfferedSlot {
        hidden = Set.copyOf(hidden);
        words = List.copyOf(words);
    }

    /** Whoever offers it, shown or not; nobody: every source that ever did has taken it back. */
    public Set<Source> sources() {
        Set<Source> sources = new HashSet<>(shownBy());
        sources.addAll(hidden);
        return sources;
    }

    /** Whose slot searches find. */
    public Set<Source> shownBy() {
        Set<Source> sources = new HashSet<>();
        if (shown != null) {
            sources.add(shown.source());
            shown.others().forEach(other -> sources.add(other.source()));
        }
        return sources;
    }
}
