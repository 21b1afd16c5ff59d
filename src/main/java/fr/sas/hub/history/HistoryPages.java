package fr.sas.hub.history;

import fr.sas.hub.slot.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The changes of a subject, page by page. A front door of the room. */
@Service
public class HistoryPages {

    private final HistoryTables lines;

    HistoryPages(HistoryTables lines) {
        this.lines = lines;
    }

    /** @param older the cursor for the next, older page; null on the last page */
    public record Page(
            List<RecordedChange> changes, @Nullable String older) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Newest first.
     *
     * @param olderThan the cursor from the previous page; null for the newest
     * @throws fr.sas.hub.access.InvalidInput when it is not a valid cursor
     */
    public Page of(Subject subject, @Nullable String olderThan, int atMost) {
        List<HistoryTables.StoredLine> found = lines.find(
                new HistoryTables.LineQuery(subject, null, null, null, HistoryCursor.parse(olderThan)), atMost + 1);
        List<HistoryTables.StoredLine> shown = found.subList(0, Math.min(found.size(), atMost));
        return new Page(
                shown.stream().map(one -> RecordedChange.of(one.line())).toList(),
                found.size() > atMost ? shown.getLast().cursor().toString() : null);
    }
}
