package fr.sas.hub.search;

import fr.sas.hub.index.Presence;
import fr.sas.hub.index.Presences;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.index.news.MemoryTrust;
import fr.sas.hub.index.news.SearchReads;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where practitioners and structures are, as served by this node: in memory, ready to write, bounded by weight, beside
 * the {@link SubjectShelf} of slots.
 */
@Component
class PresenceShelf {

    /** How many subjects are read at a time. */
    private static final int CHUNK = 500;

    private final Shelf<Subject, ShelvedPresence> shelf;
    private final SearchReads reads;
    private final Presences presences;
    private final MemoryTrust memory;

    PresenceShelf(SearchReads reads, Presences presences, MemoryTrust memory, SearchSettings settings) {
        this.reads = reads;
        this.presences = presences;
        this.memory = memory;
        this.shelf = new Shelf<>(settings.rolesMemory().toBytes(), (subject, shelved) -> shelved.weight());
    }

    /** Every requested subject is in the result. */
    Map<Subject, ShelvedPresence> take(Collection<? extends Subject> subjects, Instant now) {
        Map<Subject, ShelvedPresence> taken = new HashMap<>();
        List<Subject> missing = new ArrayList<>();
        boolean counts = memory.counts();
        for (Subject subject : subjects) {
            ShelvedPresence shelved = counts ? shelf.get(subject) : null;
            if (shelved != null && shelved.holdsAt(now)) {
                taken.put(subject, shelved);
            } else {
                missing.add(subject);
            }
        }
        for (int from = 0; from < missing.size(); from += CHUNK) {
            taken.putAll(read(missing.subList(from, Math.min(missing.size(), from + CHUNK))));
        }
        return taken;
    }

    ShelvedPresence take(Subject subject, Instant now) {
        return Objects.requireNonNull(take(List.of(subject), now).get(subject));
    }

    private Map<Subject, ShelvedPresence> read(List<Subject> missing) {
        long[] before = missing.stream().mapToLong(shelf::changesOf).toArray();
        SearchReads.ReadResult<Map<Subject, Presence>> known = reads.read(missing, presences::of);
        Map<Subject, ShelvedPresence> read = new HashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            Subject subject = missing.get(i);
            ShelvedPresence shelved =
                    new ShelvedPresence(Objects.requireNonNull(known.data().get(subject)));
            read.put(subject, shelved);
            if (known.isCurrent() && memory.counts()) {
                shelf.put(subject, shelved, before[i]);
            }
        }
        return read;
    }

    /** A source's confirmation of availability changes nothing here. */
    @EventListener
    void on(IndexChanged news) {
        switch (news) {
            case IndexChanged.Changed changed -> changed.subjects().forEach(shelf::forget);
            case IndexChanged.Confirmed confirmed -> {}
            case IndexChanged.Everything everything -> shelf.forgetEverything();
        }
    }
}
