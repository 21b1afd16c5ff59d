package fr.sas.hub.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.IndexChanged;
import fr.sas.hub.index.MemoryTrust;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.SourceFreshnessPolicy;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What this node serves, in memory, ready to write, bounded by weight. The index is the source of truth: whatever is
 * missing or no longer valid is read from it, once for a whole search: as a stored rendering (docs/decisions/0053),
 * else rendered anew. Answers to INT_R04 represent slots differently from all others: they have their own entries on
 * the shelf, which cost nothing until requested (docs/decisions/0034).
 */
@Component
class Shelf {

    /** Anything read before a change is not put on the shelf after it. */
    private final HeardChanges changes = new HeardChanges();

    private final Cache<String, PackedSubject> shelf;
    private final AvailabilityIndex index;
    private final ReadySubjects kept;
    private final KeptSubjects keeping;
    private final SourceFreshnessPolicy standings;
    private final MemoryTrust memory;

    Shelf(
            AvailabilityIndex index,
            ReadySubjects kept,
            KeptSubjects keeping,
            SourceFreshnessPolicy standings,
            MemoryTrust memory,
            SearchSettings settings) {
        this.index = index;
        this.kept = kept;
        this.keeping = keeping;
        this.standings = standings;
        this.memory = memory;
        this.shelf = Caffeine.newBuilder()
                .maximumWeight(settings.memory().toBytes())
                .weigher((String place, PackedSubject shelved) -> shelved.weight())
                .build();
    }

    /** These subjects and the health centres they belong to, without duplicates. */
    List<ShelvedSubject> takeWithCentres(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        List<ShelvedSubject> taken = take(subjects, forCommunities, now);
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
        all.addAll(take(centres, forCommunities, now));
        return all;
    }

    /** @param forCommunities for an answer to INT_R04 */
    List<ShelvedSubject> take(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        List<ShelvedSubject> taken = new ArrayList<>(subjects.size());
        List<Subject> missing = new ArrayList<>();
        boolean counts = memory.counts();
        for (Subject subject : subjects) {
            PackedSubject shelved = counts ? shelf.getIfPresent(placeOf(subject, forCommunities)) : null;
            if (shelved != null && shelved.holdsAt(now, standings)) {
                taken.add(shelved.open(subject));
            } else {
                missing.add(subject);
            }
        }
        if (!missing.isEmpty()) {
            memory.expectDatabase();
            taken.addAll(read(missing, forCommunities, now));
        }
        return taken;
    }

    private List<ShelvedSubject> read(List<Subject> missing, boolean forCommunities, Instant now) {
        long[] before = missing.stream()
                .mapToLong(subject -> changes.of(placeOf(subject, forCommunities)))
                .toArray();
        ReadySubjects.Found found = kept.find(missing, forCommunities, PackedSubject.FORMAT);
        Map<Subject, PackedSubject> packed = new HashMap<>();
        List<Subject> others = new ArrayList<>();
        for (Subject subject : missing) {
            ReadySubjects.Ready ready = found.ready().get(subject);
            PackedSubject known = ready == null ? null : PackedSubject.of(ready);
            if (known != null && known.holdsAt(now, standings)) {
                packed.put(subject, known);
            } else {
                others.add(subject);
            }
        }
        if (!others.isEmpty()) {
            Map<Subject, PackedSubject> made = make(others, forCommunities);
            packed.putAll(made);
            keeping.keep(made, found.stamps(), forCommunities);
        }
        List<ShelvedSubject> read = new ArrayList<>(missing.size());
        for (int i = 0; i < missing.size(); i++) {
            Subject subject = missing.get(i);
            PackedSubject shelved = Objects.requireNonNull(packed.get(subject));
            read.add(shelved.open(subject));
            String place = placeOf(subject, forCommunities);
            shelf.put(place, shelved);
            if (changes.of(place) != before[i] || !memory.counts()) {
                shelf.invalidate(place);
            }
        }
        return read;
    }

    private Map<Subject, PackedSubject> make(List<Subject> subjects, boolean forCommunities) {
        Map<Subject, PackedSubject> made = new HashMap<>();
        index.availabilityOf(subjects)
                .forEach((subject, known) -> made.put(subject, PackedSubject.of(known, forCommunities)));
        return made;
    }

    /** Runs before other listeners, so that whatever they request is read anew. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(IndexChanged news) {
        switch (news) {
            case IndexChanged.Changed changed -> changed.subjects().forEach(this::forget);
            case IndexChanged.Confirmed confirmed -> {
                for (Subject subject : confirmed.subjects()) {
                    confirm(placeOf(subject, false), confirmed);
                    confirm(placeOf(subject, true), confirmed);
                }
            }
            case IndexChanged.Everything everything -> {
                changes.heardOfEverything();
                shelf.invalidateAll();
            }
        }
    }

    /** Short, because there are hundreds of thousands of them. */
    private static String placeOf(Subject subject, boolean forCommunities) {
        return forCommunities ? subject.value() + '+' : subject.value();
    }

    private void confirm(String place, IndexChanged.Confirmed confirmed) {
        PackedSubject shelved = shelf.getIfPresent(place);
        if (shelved == null || !shelved.confirm(confirmed.source(), confirmed.at())) {
            forget(place);
        }
    }

    private void forget(Subject subject) {
        forget(placeOf(subject, false));
        forget(placeOf(subject, true));
    }

    private void forget(String place) {
        changes.heardOf(place);
        shelf.invalidate(place);
    }
}
