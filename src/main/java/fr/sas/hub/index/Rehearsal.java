package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows what deliveries would do by applying them and rolling back before anyone sees it: there is no second comparison
 * that could differ from the real one.
 */
@Service
public class Rehearsal {

    private final AvailabilityIndex index;
    private final IndexReader reader;
    private final PastReader past;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Rehearsal(
            AvailabilityIndex index,
            IndexReader reader,
            PastReader past,
            TransactionTemplate transaction,
            Clock clock) {
        this.index = index;
        this.reader = reader;
        this.past = past;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param batches what the deliveries say: of one source, in the order in which they would be written; deliveries in
     *     progress wait meanwhile
     * @param route by which each of them reaches the index, within the transaction of its caller
     */
    public Difference of(List<SlotBatch> batches, Consumer<SlotBatch> route) {
        Set<Subject> subjects = new HashSet<>();
        batches.forEach(batch -> subjects.addAll(batch.asked()));
        if (subjects.isEmpty()) {
            return new Difference(List.of(), List.of(), 0, 0);
        }
        Source source = batches.getFirst().source();
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            int shownBefore = shown(subjects);
            Map<String, Slot> before = slots(source, subjects);
            batches.forEach(route);
            return new Difference(
                    changes(before, slots(source, subjects)), overtaken(batches), shownBefore, shown(subjects));
        }));
    }

    private int shown(Collection<Subject> subjects) {
        return index.availabilityOf(subjects).values().stream()
                .mapToInt(availability -> availability.slots().size())
                .sum();
    }

    private Map<String, Slot> slots(Source source, Collection<Subject> subjects) {
        Instant now = clock.instant();
        Map<String, Subject> byValue = subjects.stream().collect(Collectors.toMap(Subject::value, s -> s));
        Map<String, Slot> slots = new TreeMap<>();
        Map<String, Integer> same = new HashMap<>();
        reader.slots(byValue, now).values().stream()
                .flatMap(List::stream)
                .filter(row -> row.source().equals(source))
                .map(IndexReader.SlotRow::slot)
                .forEach(slot -> {
                    String name = slot.subject() + " " + slot.reference();
                    slots.put(name + " " + same.merge(name, 1, Integer::sum), slot);
                });
        return slots;
    }

    private static List<Difference.Change> changes(Map<String, Slot> before, Map<String, Slot> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Difference.Change> changes = new ArrayList<>();
        for (String name : names) {
            Difference.Change change = change(before.get(name), after.get(name));
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static Difference.@Nullable Change change(@Nullable Slot before, @Nullable Slot after) {
        if (before == null) {
            return after == null ? null : new Difference.Change.Appears(after);
        }
        if (after == null) {
            return new Difference.Change.Vanishes(before);
        }
        return before.equals(after) ? null : new Difference.Change.Changes(before, after);
    }

    private List<String> overtaken(List<SlotBatch> batches) {
        List<UUID> deliveries = new ArrayList<>();
        batches.forEach(batch -> {
            UUID delivery = batch.delivery();
            if (delivery != null) {
                deliveries.add(delivery);
            }
        });
        return past.effectsOf(deliveries).values().stream()
                .flatMap(heard -> heard.overtaken().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
