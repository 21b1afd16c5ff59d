package fr.sas.hub.search;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.index.news.MemoryTrust;
import fr.sas.hub.index.news.SearchReads;
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
import java.util.concurrent.atomic.LongAdder;
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
class SubjectShelf {

    private final Shelf<String, PackedSubject> shelf;
    private final SearchReads reads;
    private final AvailabilityIndex index;
    private final ReadySubjects kept;
    private final RenderingWriter keeping;
    private final SourceFreshnessPolicy freshness;
    private final MemoryTrust memory;
    private final LongAdder loaded = new LongAdder();
    private final LongAdder rendered = new LongAdder();

    SubjectShelf(
            SearchReads reads,
            AvailabilityIndex index,
            ReadySubjects kept,
            RenderingWriter keeping,
            SourceFreshnessPolicy freshness,
            MemoryTrust memory,
            SearchSettings settings) {
        this.reads = reads;
        this.index = index;
        this.kept = kept;
        this.keeping = keeping;
        this.freshness = freshness;
        this.memory = memory;
        this.shelf = new Shelf<>(settings.memory().toBytes(), (place, shelved) -> shelved.weight());
    }

    /**
     * @param knownAt of which instant the hub's own agendas and settings are known; the one asked for unless the database is silent
     * @param isCurrent whether it contains every change that this node had heard; otherwise a standby stood in for the database
     */
    record ShelfRead(List<ShelvedSubject> subjects, Instant knownAt, boolean isCurrent) {

        ShelfRead and(ShelfRead more) {
            List<ShelvedSubject> all = new ArrayList<>(subjects);
            all.addAll(more.subjects);
            return new ShelfRead(
                    all, more.knownAt.isBefore(knownAt) ? more.knownAt : knownAt, isCurrent && more.isCurrent);
        }
    }

    /** These subjects and the health centres they belong to, without duplicates. */
    ShelfRead takeWithCentres(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        ShelfRead taken = take(subjects, forCommunities, now);
        Set<Subject> centres = null;
        for (ShelvedSubject subject : taken.subjects()) {
            if (!subject.centres.isEmpty()) {
                centres = centres == null ? new LinkedHashSet<>() : centres;
                centres.addAll(subject.centres);
            }
        }
        if (centres == null) {
            return taken;
        }
        centres.removeAll(Set.copyOf(subjects));
        return taken.and(take(centres, forCommunities, now));
    }

    /** @param forCommunities for an answer to INT_R04 */
    ShelfRead take(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        List<ShelvedSubject> held = new ArrayList<>(subjects.size());
        List<Subject> missing = new ArrayList<>();
        Instant knownAt = memory.knownAt(now);
        boolean counts = memory.counts();
        for (Subject subject : subjects) {
            PackedSubject shelved = counts ? shelf.get(placeOf(subject, forCommunities)) : null;
            if (shelved != null && shelved.holdsAt(now, freshness)) {
                held.add(shelved.open(subject));
            } else {
                missing.add(subject);
            }
        }
        ShelfRead taken = new ShelfRead(held, knownAt, true);
        return missing.isEmpty() ? taken : taken.and(read(missing, forCommunities, now));
    }

    private ShelfRead read(List<Subject> missing, boolean forCommunities, Instant now) {
        long[] before = missing.stream()
                .mapToLong(subject -> shelf.changesOf(placeOf(subject, forCommunities)))
                .toArray();
        SearchReads.ReadResult<Map<Subject, PackedSubject>> packed =
                reads.read(missing, some -> readVerified(some, forCommunities, now));
        List<ShelvedSubject> read = new ArrayList<>(missing.size());
        for (int i = 0; i < missing.size(); i++) {
            Subject subject = missing.get(i);
            PackedSubject shelved = Objects.requireNonNull(packed.data().get(subject));
            read.add(shelved.open(subject));
            if (packed.isCurrent() && memory.counts()) {
                shelf.put(placeOf(subject, forCommunities), shelved, before[i]);
            }
        }
        return new ShelfRead(read, packed.knownAt(now), packed.isCurrent());
    }

    /** How many subjects were found rendered beside the index and how many had to be rendered anew, since this node started. */
    record Origins(long loaded, long rendered) {

        boolean areMostlyRenderedSince(Origins before) {
            return rendered - before.rendered > loaded - before.loaded;
        }
    }

    Origins origins() {
        return new Origins(loaded.sum(), rendered.sum());
    }

    /** Read from the database, whatever is on the shelf. The result contains every requested subject. */
    Map<Subject, PackedSubject> readVerified(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        ReadySubjects.StoredRenderings found = kept.find(subjects, forCommunities, PackedSubject.FORMAT);
        Map<Subject, PackedSubject> packed = new HashMap<>();
        List<Subject> others = new ArrayList<>();
        for (Subject subject : subjects) {
            ReadySubjects.StoredRendering ready = found.ready().get(subject);
            PackedSubject known = ready == null ? null : PackedSubject.of(ready);
            if (known != null && known.holdsAt(now, freshness)) {
                packed.put(subject, known);
            } else {
                others.add(subject);
            }
        }
        loaded.add(packed.size());
        rendered.add(others.size());
        if (!others.isEmpty()) {
            Map<Subject, PackedSubject> made = make(others, forCommunities);
            packed.putAll(made);
            keeping.save(made, found.stamps(), forCommunities);
        }
        return packed;
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
            case IndexChanged.Everything everything -> shelf.forgetEverything();
        }
    }

    /** Short, because there are hundreds of thousands of them. */
    private static String placeOf(Subject subject, boolean forCommunities) {
        return forCommunities ? subject.value() + '+' : subject.value();
    }

    private void confirm(String place, IndexChanged.Confirmed confirmed) {
        PackedSubject shelved = shelf.get(place);
        if (shelved == null || !shelved.confirm(confirmed.source(), confirmed.at())) {
            shelf.forget(place);
        }
    }

    private void forget(Subject subject) {
        shelf.forget(placeOf(subject, false));
        shelf.forget(placeOf(subject, true));
    }
}
