package fr.sas.hub.index;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares a batch with what is stored and writes the difference only. Runs inside the caller's transaction; one at a
 * time per subject and source, and an older answer never overwrites a newer one.
 */
@Component
class BatchWriter {

    private final IndexTables tables;
    private final IndexNews news;

    BatchWriter(IndexTables tables, IndexNews news) {
        this.tables = tables;
        this.news = news;
    }

    /** One subject of the batch, ready to be compared. */
    private record Said(Subject subject, @Nullable String offer, List<IndexTables.NewSlot> slots, long digest) {}

    /** @param trouble null when the answer is complete; a partial one adds and changes, and deletes nothing */
    void write(SlotBatch batch, Answer.@Nullable Trouble trouble) {
        Source source = batch.source();
        String[] admitted = admitted(batch);
        Map<String, IndexTables.StoredWord> stored = tables.lockWords(source, admitted);
        List<Said> unchanged = new ArrayList<>();
        List<Said> changed = new ArrayList<>();
        for (Subject subject : batch.asked()) {
            IndexTables.StoredWord word = stored.get(subject.value());
            if (word == null || isOvertaken(batch, word)) {
                continue;
            }
            Said said = read(subject, batch.offers().get(subject));
            boolean same = word.digest() != null && word.digest() == said.digest;
            (same ? unchanged : changed).add(said);
        }
        if (!changed.isEmpty()) {
            writeDifferences(batch, changed, trouble == null);
        }
        List<Subject> all = new ArrayList<>();
        unchanged.forEach(said -> all.add(said.subject));
        changed.forEach(said -> all.add(said.subject));
        if (all.isEmpty()) {
            return;
        }
        if (trouble == null) {
            tables.confirm(source, batch.fetchedAt(), values(all));
            List<Subject> same = unchanged.stream().map(Said::subject).toList();
            if (!same.isEmpty()) {
                news.confirmed(source, batch.fetchedAt(), same);
            }
        } else {
            tables.fail(source, batch.fetchedAt(), trouble, values(all));
        }
        List<Subject> different =
                trouble == null ? changed.stream().map(Said::subject).toList() : all;
        if (!different.isEmpty()) {
            news.changed(different);
        }
    }

    /** A failed question: nothing is touched but the word that it failed. */
    void remember(SlotBatch batch, Answer.Trouble trouble) {
        String[] admitted = admitted(batch);
        if (admitted.length == 0) {
            return;
        }
        tables.lockWords(batch.source(), admitted);
        tables.fail(batch.source(), batch.fetchedAt(), trouble, List.of(admitted));
        Set<String> values = Set.of(admitted);
        news.changed(
                batch.asked().stream().filter(s -> values.contains(s.value())).toList());
    }

    private String[] admitted(SlotBatch batch) {
        String[] asked = batch.asked().stream().map(Subject::value).sorted().toArray(String[]::new);
        return batch.source().isAgenda()
                ? asked
                : tables.notRefusing(asked).stream().sorted().toArray(String[]::new);
    }

    /** A vendor's answers may overtake each other; the agenda is ours and written in order, whatever nodes' clocks say. */
    private static boolean isOvertaken(SlotBatch batch, IndexTables.StoredWord word) {
        return !batch.source().isAgenda()
                && word.confirmedAt() != null
                && word.confirmedAt().isAfter(batch.fetchedAt());
    }

    private static Said read(Subject subject, @Nullable Offer offer) {
        if (offer == null) {
            return new Said(subject, null, List.of(), 0L);
        }
        List<IndexTables.NewSlot> slots = new ArrayList<>(offer.slots().size());
        String description = OfferContent.write(offer);
        long digest = Digests.of(description);
        for (Slot slot : offer.slots()) {
            String content = SlotContent.write(slot);
            long own = Digests.of(slot, content);
            slots.add(new IndexTables.NewSlot(slot, content, own));
            digest += own * 0x9E3779B97F4A7C15L;
        }
        return new Said(subject, description, slots, digest);
    }

    private void writeDifferences(SlotBatch batch, List<Said> changed, boolean complete) {
        Source source = batch.source();
        Map<String, List<IndexTables.StoredSlot>> stored = tables.slotsOf(source, values(subjects(changed))).stream()
                .collect(Collectors.groupingBy(IndexTables.StoredSlot::subject));
        List<IndexTables.NewSlot> added = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        List<IndexTables.Change> changes = new ArrayList<>();
        for (Said said : changed) {
            int addedBefore = added.size();
            int removedBefore = removed.size();
            compare(said, stored.getOrDefault(said.subject.value(), List.of()), batch, complete, added, removed);
            if (added.size() > addedBefore || removed.size() > removedBefore) {
                changes.add(new IndexTables.Change(
                        said.subject.value(), added.size() - addedBefore, removed.size() - removedBefore));
            }
        }
        tables.delete(removed);
        tables.insert(source, batch.fetchedAt(), added);
        describe(source, changed, complete);
        tables.remember(communitiesOf(added), batch.fetchedAt());
        tables.log(source, batch.fetchedAt(), complete ? "DELIVERED" : "DELIVERED_IN_PART", changes);
    }

    private static void compare(
            Said said,
            List<IndexTables.StoredSlot> stored,
            SlotBatch batch,
            boolean complete,
            List<IndexTables.NewSlot> added,
            List<Long> removed) {
        Map<Long, Integer> missing = new HashMap<>();
        Set<String> references = new LinkedHashSet<>();
        for (IndexTables.NewSlot slot : said.slots) {
            missing.merge(slot.digest(), 1, Integer::sum);
            references.add(slot.slot().reference());
        }
        for (IndexTables.StoredSlot slot : stored) {
            if (missing.merge(slot.digest(), -1, Integer::sum) >= 0) {
                continue;
            }
            missing.remove(slot.digest());
            boolean replaced = references.contains(slot.reference());
            boolean gone = complete && !slot.start().isAfter(batch.window().to());
            if (replaced || gone) {
                removed.add(slot.id());
            }
        }
        for (IndexTables.NewSlot slot : said.slots) {
            if (missing.getOrDefault(slot.digest(), 0) > 0) {
                missing.merge(slot.digest(), -1, Integer::sum);
                added.add(slot);
            }
        }
    }

    private void describe(Source source, List<Said> changed, boolean complete) {
        List<String> subjects = new ArrayList<>();
        List<String> offers = new ArrayList<>();
        List<@Nullable Long> digests = new ArrayList<>();
        for (Said said : changed) {
            if (complete || said.offer != null) {
                subjects.add(said.subject.value());
                offers.add(said.offer == null ? "{}" : said.offer);
                digests.add(complete ? said.digest : null);
            }
        }
        tables.describe(source, subjects, offers, digests);
    }

    private static Collection<Community> communitiesOf(List<IndexTables.NewSlot> slots) {
        Map<String, Community> communities = new LinkedHashMap<>();
        slots.forEach(row -> row.slot().communities().forEach(c -> communities.put(c.id().value(), c)));
        return communities.values();
    }

    private static List<Subject> subjects(List<Said> said) {
        return said.stream().map(Said::subject).toList();
    }

    private static List<String> values(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::value).toList();
    }
}
