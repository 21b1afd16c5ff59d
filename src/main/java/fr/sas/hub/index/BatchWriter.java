package fr.sas.hub.index;

import fr.sas.hub.index.news.IndexNews;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares a batch with the stored data and writes only the difference. Runs in the caller's transaction, one at a time
 * per subject and source; an older answer never overwrites a newer one.
 */
@Component
class BatchWriter {

    /** The offer for a subject about which the source reports nothing. */
    private static final String NOTHING = "{}";

    private final IndexTables tables;
    private final HoldTables holds;
    private final ChangeLog log;
    private final AnswerInputsJournal answerInputsJournal;
    private final IndexNews news;
    private final SlotFigures figures;

    BatchWriter(
            IndexTables tables,
            HoldTables holds,
            ChangeLog log,
            AnswerInputsJournal answerInputsJournal,
            IndexNews news,
            SlotFigures figures) {
        this.tables = tables;
        this.holds = holds;
        this.log = log;
        this.answerInputsJournal = answerInputsJournal;
        this.news = news;
        this.figures = figures;
    }

    /** One subject of the batch, ready for comparison. */
    private record SubjectReport(
            Subject subject, @Nullable String offer, List<IndexTables.NewSlot> slots, long digest) {}

    /** @param trouble null if the answer is complete; a partial one adds and changes, but deletes nothing */
    void write(SlotBatch batch, Answer.@Nullable Trouble trouble) {
        Source source = batch.source();
        String[] admitted = admitted(batch);
        Map<String, IndexTables.StoredStatus> stored = tables.lockWords(source, admitted);
        List<SubjectReport> unchanged = new ArrayList<>();
        List<SubjectReport> changed = new ArrayList<>();
        int refused = 0;
        int late = 0;
        List<String> overtaken = new ArrayList<>();
        for (Subject subject : batch.asked()) {
            IndexTables.StoredStatus word = stored.get(subject.value());
            if (word == null) {
                refused += slotsOf(batch, subject);
                continue;
            }
            if (isOvertaken(batch, word)) {
                late += slotsOf(batch, subject);
                overtaken.add(subject.value());
                continue;
            }
            SubjectReport report = read(subject, batch.offers().get(subject));
            boolean same = word.digest() != null && word.digest() == report.digest;
            (same ? unchanged : changed).add(report);
        }
        int same = slotsOf(unchanged);
        Differences differences = new Differences(batch, trouble == null);
        if (!changed.isEmpty()) {
            writeDifferences(differences, changed);
            same += slotsOf(changed) - differences.added.size() - differences.booked;
        }
        figures.afterCommit(
                source,
                new SlotFigures.Fates(
                        differences.added.size(), same, differences.booked, refused, late, differences.removed.size()));
        List<Subject> all = new ArrayList<>();
        unchanged.forEach(report -> all.add(report.subject));
        changed.forEach(report -> all.add(report.subject));
        answerInputsJournal.recordBatch(new AnswerInputsJournal.BatchOutcome(
                batch, values(all), unchanged.size(), overtaken, differences.added.size(), differences.removed.size()));
        if (all.isEmpty()) {
            return;
        }
        if (trouble == null) {
            tables.confirm(source, batch.fetchedAt(), values(all));
            List<Subject> confirmed =
                    unchanged.stream().map(SubjectReport::subject).toList();
            if (!confirmed.isEmpty()) {
                news.confirmed(source, batch.fetchedAt(), confirmed);
            }
        } else {
            tables.recordHeard(source, batch.fetchedAt(), values(all));
            tables.hearInPart(
                    source,
                    batch.fetchedAt(),
                    Stream.concat(unchanged.stream(), changed.stream())
                            .flatMap(report -> report.slots.stream())
                            .toList());
            tables.fail(source, batch.fetchedAt(), trouble, values(all));
        }
        List<Subject> different =
                trouble == null ? changed.stream().map(SubjectReport::subject).toList() : all;
        if (!different.isEmpty()) {
            news.changed(different);
        }
    }

    /** Records a failed request and changes nothing else. */
    void recordFailure(SlotBatch batch, Answer.Trouble trouble) {
        String[] admitted = admitted(batch);
        if (admitted.length == 0) {
            return;
        }
        tables.lockWords(batch.source(), admitted);
        tables.fail(batch.source(), batch.fetchedAt(), trouble, List.of(admitted));
        answerInputsJournal.recordBatch(
                new AnswerInputsJournal.BatchOutcome(batch, List.of(admitted), 0, List.of(), 0, 0));
        Set<String> values = Set.of(admitted);
        news.changed(
                batch.asked().stream().filter(s -> values.contains(s.value())).toList());
    }

    private static int slotsOf(SlotBatch batch, Subject subject) {
        Offer offer = batch.offers().get(subject);
        return offer == null ? 0 : offer.slots().size();
    }

    private static int slotsOf(List<SubjectReport> reports) {
        return reports.stream().mapToInt(one -> one.slots.size()).sum();
    }

    private String[] admitted(SlotBatch batch) {
        String[] asked = batch.asked().stream().map(Subject::value).sorted().toArray(String[]::new);
        return batch.source().isAgenda()
                ? asked
                : tables.notRefusing(asked).stream().sorted().toArray(String[]::new);
    }

    /**
     * A vendor's answers may overtake each other; the agenda is ours and written in order, whatever the nodes' clocks
     * show.
     */
    private static boolean isOvertaken(SlotBatch batch, IndexTables.StoredStatus word) {
        return !batch.source().isAgenda()
                && word.heardAt() != null
                && word.heardAt().isAfter(batch.fetchedAt());
    }

    private static SubjectReport read(Subject subject, @Nullable Offer offer) {
        if (offer == null) {
            return new SubjectReport(subject, null, List.of(), 0L);
        }
        List<IndexTables.NewSlot> slots = new ArrayList<>(offer.slots().size());
        String description = OfferContent.write(offer);
        long digest = ContentDigests.of(description);
        for (Slot slot : offer.slots()) {
            IndexTables.NewSlot written = written(slot);
            slots.add(written);
            digest += written.digest() * 0x9E3779B97F4A7C15L;
        }
        return new SubjectReport(subject, description, slots, digest);
    }

    private void writeDifferences(Differences differences, List<SubjectReport> changed) {
        SlotBatch batch = differences.batch;
        Source source = batch.source();
        ChangeLog.Cause cause = differences.complete ? ChangeLog.Cause.DELIVERED : ChangeLog.Cause.DELIVERED_IN_PART;
        List<SubjectReport> unbooked =
                batch.source().isAgenda() ? changed : withoutBooked(batch, changed, differences.undecided);
        differences.booked = slotsOf(changed) - slotsOf(unbooked);
        differences.addAll(unbooked, tables.slotsOf(source, values(subjects(changed))));
        List<ChangeLog.Change> changes = new ArrayList<>(tables.delete(differences.removed, cause));
        tables.insert(source, batch.fetchedAt(), differences.added);
        differences.added.forEach(slot -> changes.add(
                new ChangeLog.Change(slot.slot().subject().value(), slot.slot().reference(), true)));
        describe(source, changed, differences);
        tables.storeCommunities(communitiesOf(differences.added), batch.fetchedAt());
        log.write(source, cause, changes);
    }

    /** @param less receives the subjects for which something was left out: they are compared in full next time */
    private List<SubjectReport> withoutBooked(SlotBatch batch, List<SubjectReport> changed, Set<String> less) {
        Map<String, List<BookingHold>> held = holds.of(values(subjects(changed)));
        return held.isEmpty()
                ? changed
                : changed.stream()
                        .map(report -> {
                            String subject = report.subject.value();
                            List<Slot> slots = report.slots.stream()
                                    .map(IndexTables.NewSlot::slot)
                                    .toList();
                            List<Slot> left = BookingHold.apply(
                                    held.getOrDefault(subject, List.of()), batch.source(), batch.fetchedAt(), slots);
                            if (left == slots) {
                                return report;
                            }
                            less.add(subject);
                            return new SubjectReport(
                                    report.subject,
                                    report.offer,
                                    left.stream().map(BatchWriter::written).toList(),
                                    report.digest);
                        })
                        .toList();
    }

    private static IndexTables.NewSlot written(Slot slot) {
        String content = SlotContent.write(slot);
        return new IndexTables.NewSlot(slot, content, ContentDigests.of(slot, content));
    }

    /** What to write, and which subjects keep stored slots that this batch did not contain. */
    private static final class Differences {
        final List<IndexTables.NewSlot> added = new ArrayList<>();
        final List<Long> removed = new ArrayList<>();
        final Set<String> keeping = new HashSet<>();
        final Map<String, IndexTables.HeldSlots> held = new HashMap<>();
        /** Subjects whose slots a later answer, covering more, may still remove. */
        final Set<String> undecided = new HashSet<>();

        /** The number of slots left out because they are booked. */
        int booked;

        private final SlotBatch batch;
        private final boolean complete;

        Differences(SlotBatch batch, boolean complete) {
            this.batch = batch;
            this.complete = complete;
        }

        void addAll(List<SubjectReport> all, List<IndexTables.StoredSlot> stored) {
            Map<String, List<IndexTables.StoredSlot>> bySubject =
                    stored.stream().collect(Collectors.groupingBy(IndexTables.StoredSlot::subject));
            all.forEach(report -> add(report, bySubject.getOrDefault(report.subject.value(), List.of())));
        }

        private void add(SubjectReport report, List<IndexTables.StoredSlot> stored) {
            if (!complete) {
                keeping.add(report.subject.value());
            }
            Map<Long, Integer> missing = new HashMap<>();
            Set<String> references = new HashSet<>();
            for (IndexTables.NewSlot slot : report.slots) {
                missing.merge(slot.digest(), 1, Integer::sum);
                references.add(slot.slot().reference());
            }
            long digests = 0;
            Instant firstEnd = null;
            for (IndexTables.StoredSlot slot : stored) {
                if (missing.getOrDefault(slot.digest(), 0) > 0) {
                    missing.merge(slot.digest(), -1, Integer::sum);
                } else if (references.contains(slot.reference())
                        || complete && batch.window().holds(slot.start())) {
                    removed.add(slot.id());
                    continue;
                } else {
                    keep(slot);
                }
                digests ^= slot.digest();
                firstEnd = earliest(firstEnd, slot.end());
            }
            for (IndexTables.NewSlot slot : report.slots) {
                if (missing.getOrDefault(slot.digest(), 0) > 0) {
                    missing.merge(slot.digest(), -1, Integer::sum);
                    added.add(slot);
                    digests ^= slot.digest();
                    firstEnd = earliest(firstEnd, slot.slot().end());
                }
            }
            held.put(report.subject.value(), new IndexTables.HeldSlots(digests, firstEnd));
        }

        private static Instant earliest(@Nullable Instant known, Instant other) {
            return known == null || other.isBefore(known) ? other : known;
        }

        private void keep(IndexTables.StoredSlot slot) {
            keeping.add(slot.subject());
            if (!complete || slot.start().isAfter(batch.window().to())) {
                undecided.add(slot.subject());
            }
        }
    }

    /** A place is kept as long as a slot of the source may take place there. */
    private void describe(Source source, List<SubjectReport> changed, Differences differences) {
        Map<String, OfferContent> before =
                differences.keeping.isEmpty() ? Map.of() : tables.offersOf(source, differences.keeping);
        List<String> subjects = new ArrayList<>();
        List<String> offers = new ArrayList<>();
        List<@Nullable Long> digests = new ArrayList<>();
        List<IndexTables.HeldSlots> held = new ArrayList<>();
        for (SubjectReport report : changed) {
            String subject = report.subject.value();
            OfferContent known = before.get(subject);
            String offer = report.offer == null ? NOTHING : report.offer;
            subjects.add(subject);
            offers.add(
                    known == null
                            ? offer
                            : OfferContent.read(offer).orElse(known).write());
            digests.add(differences.complete && !differences.undecided.contains(subject) ? report.digest : null);
            held.add(Objects.requireNonNull(differences.held.get(subject)));
        }
        tables.describe(source, subjects, offers, digests, held);
    }

    private static Collection<Community> communitiesOf(List<IndexTables.NewSlot> slots) {
        Map<String, Community> communities = new LinkedHashMap<>();
        slots.forEach(row -> row.slot().communities().forEach(c -> communities.put(c.id().value(), c)));
        return communities.values();
    }

    private static List<Subject> subjects(List<SubjectReport> reports) {
        return reports.stream().map(SubjectReport::subject).toList();
    }

    private static List<String> values(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::value).toList();
    }
}
