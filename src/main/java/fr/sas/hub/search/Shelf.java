package fr.sas.hub.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.IndexChanged;
import fr.sas.hub.index.Standings;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What this node serves, in memory, ready to write, bounded by weight. The truth is the index: what is missing or no
 * longer holds is read from it, all of one search in one go.
 */
@Component
class Shelf {

    /** Changes heard, by stripe of subjects: what was read before a change is not put on the shelf after it. */
    private final AtomicLongArray changes = new AtomicLongArray(4096);

    private final Cache<Subject, ShelvedSubject> shelf;
    private final AvailabilityIndex index;
    private final Standings standings;

    Shelf(AvailabilityIndex index, Standings standings, SearchSettings settings) {
        this.index = index;
        this.standings = standings;
        this.shelf = Caffeine.newBuilder()
                .maximumWeight(settings.memory().toBytes())
                .weigher((Subject subject, ShelvedSubject shelved) -> shelved.weight())
                .build();
    }

    /** These subjects and, each once, the health centres they belong to. */
    List<ShelvedSubject> takeWithCentres(Collection<Subject> subjects, Instant now) {
        List<ShelvedSubject> taken = take(subjects, now);
        Set<Subject> centres = null;
        for (ShelvedSubject subject : taken) {
            if (!subject.centres.isEmpty()) {
                centres = centres == null ? new LinkedHashSet<>() : centres;
                centres.addAll(subject.centres);
            }
        }
        if (centres == null) {
            return taken;
        }
        centres.removeAll(Set.copyOf(subjects));
        List<ShelvedSubject> all = new ArrayList<>(taken);
        all.addAll(take(centres, now));
        return all;
    }

    List<ShelvedSubject> take(Collection<Subject> subjects, Instant now) {
        List<ShelvedSubject> taken = new ArrayList<>(subjects.size());
        List<Subject> missing = new ArrayList<>();
        for (Subject subject : subjects) {
            ShelvedSubject shelved = shelf.getIfPresent(subject);
            if (shelved != null && shelved.holdsAt(now, standings)) {
                taken.add(shelved);
            } else {
                missing.add(subject);
            }
        }
        if (!missing.isEmpty()) {
            taken.addAll(read(missing));
        }
        return taken;
    }

    private List<ShelvedSubject> read(List<Subject> missing) {
        long[] before = missing.stream()
                .mapToLong(subject -> changes.get(stripe(subject)))
                .toArray();
        Map<Subject, fr.sas.hub.index.Availability> known = index.availabilityOf(missing);
        List<ShelvedSubject> read = new ArrayList<>(missing.size());
        for (int i = 0; i < missing.size(); i++) {
            Subject subject = missing.get(i);
            ShelvedSubject shelved = new ShelvedSubject(java.util.Objects.requireNonNull(known.get(subject)));
            read.add(shelved);
            shelf.put(subject, shelved);
            if (changes.get(stripe(subject)) != before[i]) {
                shelf.invalidate(subject);
            }
        }
        return read;
    }

    @EventListener
    void on(IndexChanged news) {
        switch (news) {
            case IndexChanged.Changed changed -> changed.subjects().forEach(this::forget);
            case IndexChanged.Confirmed confirmed -> {
                for (Subject subject : confirmed.subjects()) {
                    ShelvedSubject shelved = shelf.getIfPresent(subject);
                    if (shelved == null || !shelved.confirm(confirmed.source(), confirmed.at())) {
                        forget(subject);
                    }
                }
            }
            case IndexChanged.Everything everything -> {
                for (int stripe = 0; stripe < changes.length(); stripe++) {
                    changes.incrementAndGet(stripe);
                }
                shelf.invalidateAll();
            }
        }
    }

    private void forget(Subject subject) {
        changes.incrementAndGet(stripe(subject));
        shelf.invalidate(subject);
    }

    private int stripe(Subject subject) {
        return (subject.hashCode() * 0x9E3779B9) >>> 20;
    }
}
