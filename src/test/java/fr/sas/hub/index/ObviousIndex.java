package fr.sas.hub.index;

import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The index of one subject as anybody would write it who had no database and all the time: what the real one must equal. */
final class ObviousIndex {

    /** @param inPartAt when a partial answer last told of it; null: none did */
    private record Row(
            Source source,
            Slot slot,
            Instant changedAt,
            @Nullable Instant inPartAt) {}

    private record Word(
            @Nullable Instant heardAt,
            @Nullable Instant confirmedAt,
            @Nullable Instant failedAt) {}

    private final Subject subject;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Source, Word> words = new TreeMap<>();
    private boolean refusing;

    ObviousIndex(Subject subject) {
        this.subject = subject;
    }

    void hear(ScreenedBatch screened) {
        SlotBatch batch = screened.batch();
        Source source = batch.source();
        Instant at = batch.fetchedAt();
        if (refusing && !source.isAgenda()) {
            return;
        }
        Word word = words.computeIfAbsent(source, s -> new Word(null, null, null));
        boolean takesSlots = !(batch.answer() instanceof Answer.Failed);
        if (takesSlots) {
            if (!source.isAgenda() && isAfter(word.heardAt, at)) {
                return;
            }
            take(batch);
            word = new Word(at, word.confirmedAt, word.failedAt);
        }
        if (batch.answer() instanceof Answer.Complete) {
            word = new Word(word.heardAt, at, isAfter(word.failedAt, at) ? word.failedAt : null);
        } else if ((word.confirmedAt == null || word.confirmedAt.isBefore(at)) && !isAfter(word.failedAt, at)) {
            word = new Word(word.heardAt, word.confirmedAt, at);
        }
        words.put(source, word);
    }

    private void take(SlotBatch batch) {
        Offer offer = batch.offers().get(subject);
        List<Slot> said = new ArrayList<>(offer == null ? List.of() : offer.slots());
        List<String> references = said.stream().map(Slot::reference).toList();
        Instant inPartAt = batch.answer() instanceof Answer.Partial ? batch.fetchedAt() : null;
        for (Row row : List.copyOf(rows)) {
            if (!row.source.equals(batch.source())) {
                continue;
            }
            if (said.remove(row.slot)) {
                if (inPartAt != null) {
                    rows.set(rows.indexOf(row), new Row(row.source, row.slot, row.changedAt, inPartAt));
                }
                continue;
            }
            boolean asked = batch.window().holds(row.slot.start());
            boolean replaced = references.contains(row.slot.reference());
            if (replaced || asked && batch.answer() instanceof Answer.Complete) {
                rows.remove(row);
            }
        }
        said.forEach(slot -> rows.add(new Row(batch.source(), slot, batch.fetchedAt(), inPartAt)));
    }

    void refuse(boolean refuses) {
        refusing = refuses;
        if (refuses) {
            rows.removeIf(row -> !row.source.isAgenda());
            words.keySet().removeIf(source -> !source.isAgenda());
        }
    }

    boolean refuses() {
        return refusing;
    }

    void sweep(Instant now) {
        rows.removeIf(row -> row.slot.isPastAt(now));
    }

    /** All that is kept. */
    String kept() {
        return rows.stream()
                .map(row -> row.source + " " + row.slot.reference() + " " + row.slot.start() + " " + row.changedAt)
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    /** Nobody asks these vendors: words too old to count are not told. */
    String words(Instant now) {
        return words.entrySet().stream()
                .filter(word -> trusted(word.getKey(), now, Duration.ofMinutes(20))
                        || rows.stream()
                                .anyMatch(row -> row.source.equals(word.getKey())
                                        && !row.slot.isPastAt(now)
                                        && isKnownInPart(row, now)))
                .map(word -> word.getKey() + " " + word.getValue().confirmedAt + " " + word.getValue().failedAt)
                .collect(Collectors.joining(" | "));
    }

    private static boolean isKnownInPart(Row row, Instant now) {
        return row.inPartAt != null && row.inPartAt.plus(Duration.ofMinutes(20)).isAfter(now);
    }

    String shown(Instant now) {
        List<Row> left = rows.stream()
                .filter(row -> !row.slot.isPastAt(now)
                        && (trusted(row.source, now, Duration.ofMinutes(20)) || isKnownInPart(row, now)))
                .sorted(Comparator.comparing((Row row) -> row.slot.reference()))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> lines = new ArrayList<>();
        while (!left.isEmpty()) {
            Slot one = left.getFirst().slot;
            Map<Source, Row> together = new TreeMap<>();
            for (Row row : left) {
                if (row.slot.place().equals(one.place())
                        && row.slot.start().equals(one.start())
                        && row.slot.end().equals(one.end())) {
                    together.putIfAbsent(row.source, row);
                }
            }
            left.removeAll(together.values());
            List<Source> sources = together.values().stream()
                    .sorted(Comparator.comparing((Row row) -> row.slot.bookingPage() == null)
                            .thenComparing(row -> row.source.isAgenda())
                            .thenComparing(Row::source))
                    .map(Row::source)
                    .toList();
            boolean verified = sources.stream().anyMatch(source -> trusted(source, now, Duration.ofMinutes(5)));
            lines.add(MergedSlotLines.line(one.start(), one.end(), one.place(), sources, verified));
        }
        return lines.stream().sorted().collect(Collectors.joining(" | "));
    }

    private boolean trusted(Source source, Instant now, Duration age) {
        Word word = words.get(source);
        return source.isAgenda()
                || word != null && word.confirmedAt != null && now.isBefore(word.confirmedAt.plus(age));
    }

    private static boolean isAfter(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other);
    }
}
