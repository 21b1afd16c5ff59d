package fr.sas.hub.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.index.IndexChanged;
import fr.sas.hub.index.MemoryTrust;
import fr.sas.hub.index.Presence;
import fr.sas.hub.index.Presences;
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
 * the {@link Shelf} of slots.
 */
@Component
class PresenceShelf {

    /** How many subjects are read at a time. */
    private static final int CHUNK = 500;

    private final Cache<Subject, ShelvedPresence> shelf;
    private final Presences presences;
    private final MemoryTrust memory;
    private final HeardChanges changes = new HeardChanges();

    PresenceShelf(Presences presences, MemoryTrust memory, SearchSettings settings) {
        this.presences = presences;
        this.memory = memory;
        this.shelf = Caffeine.newBuilder()
                .maximumWeight(settings.rolesMemory().toBytes())
                .weigher((Subject subject, ShelvedPresence shelved) -> shelved.weight())
                .build();
    }

    /** Every requested subject is in the result. */
    Map<Subject, ShelvedPresence> take(Collection<? extends Subject> subjects, Instant now) {
        Map<Subject, ShelvedPresence> taken = new HashMap<>();
        List<Subject> missing = new ArrayList<>();
        boolean counts = memory.counts();
        for (Subject subject : subjects) {
            ShelvedPresence shelved = counts ? shelf.getIfPresent(subject) : null;
            if (shelved != null && shelved.holdsAt(now)) {
                taken.put(subject, shelved);
            } else {
                missing.add(subject);
            }
        }
        for (int from = 0; from < missing.size(); from += CHUNK) {
            memory.expectDatabase();
            taken.putAll(read(missing.subList(from, Math.min(missing.size(), from + CHUNK))));
        }
        return taken;
    }

    ShelvedPresence take(Subject subject, Instant now) {
        return Objects.requireNonNull(take(List.of(subject), now).get(subject));
    }

    private Map<Subject, ShelvedPresence> read(List<Subject> missing) {
        long[] before = missing.stream().mapToLong(changes::of).toArray();
        Map<Subject, Presence> known = presences.of(missing);
        Map<Subject, ShelvedPresence> read = new HashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            Subject subject = missing.get(i);
            ShelvedPresence shelved = new ShelvedPresence(Objects.requireNonNull(known.get(subject)));
            read.put(subject, shelved);
            shelf.put(subject, shelved);
            if (changes.of(subject) != before[i] || !memory.counts()) {
                shelf.invalidate(subject);
            }
        }
        return read;
    }

    /** A source's confirmation of availability changes nothing here. */
    @EventListener
    void on(IndexChanged news) {
        switch (news) {
            case IndexChanged.Changed changed -> {
                changed.subjects().forEach(changes::heardOf);
                shelf.invalidateAll(changed.subjects());
            }
            case IndexChanged.Confirmed confirmed -> {}
            case IndexChanged.Everything everything -> {
                changes.heardOfEverything();
                shelf.invalidateAll();
            }
        }
    }
}
