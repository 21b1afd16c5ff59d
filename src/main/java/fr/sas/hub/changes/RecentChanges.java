package fr.sas.hub.changes;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which subjects changed after a position, as of one moment, without what changed about them.
 *
 * @param knownFrom of positions before this one, only {@link Changes#after} can tell what followed; all of them in a run of the server whose leap
 *     is not recorded yet
 * @param last position of the last change at that moment
 * @param subjects in no order; incomplete if {@link #upTo} is before the last position
 * @param upTo all subjects that changed up to here are listed
 */
public record RecentChanges(long knownFrom, long last, List<Subject> subjects, long upTo) {
    public RecentChanges {
        subjects = List.copyOf(subjects);
    }

    /**
     * @param nationalId of a practitioner or structure
     * @param position of their last change
     */
    public record Subject(String nationalId, long position) {}

    public boolean isWhole() {
        return upTo == last;
    }

    /**
     * Whether {@link Changes#after} may have something for a consumer: false where it certainly has nothing yet.
     *
     * @param read up to here nothing that concerns the consumer follows its position, as earlier answers have shown
     * @param only national ids of the subjects that concern it; null for all
     */
    public boolean mayConcern(Position position, long read, @Nullable Set<String> only) {
        return !position.isOfAll()
                || position.at() < knownFrom
                || position.at() > last
                || subjects.stream()
                        .anyMatch(subject ->
                                subject.position > read && (only == null || only.contains(subject.nationalId)));
    }
}
