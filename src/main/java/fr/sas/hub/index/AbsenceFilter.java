package fr.sas.hub.index;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes slots during absences (docs/decisions/0010). While nobody is at a place, nothing is shown there. Before that,
 * ranges are cut where they overlap an absence, and slots for a single patient are not shown if they overlap one.
 */
final class AbsenceFilter {

    private final Map<String, List<Absence>> byPlace;
    private final Instant now;

    private AbsenceFilter(Map<String, List<Absence>> byPlace, Instant now) {
        this.byPlace = byPlace;
        this.now = now;
    }

    static AbsenceFilter of(List<PlaceNotice> notices, Collection<PracticeLocation> places, Instant now) {
        if (notices.isEmpty()) {
            return new AbsenceFilter(Map.of(), now);
        }
        Map<String, List<Absence>> byPlace = new HashMap<>();
        for (PlaceNotice notice : notices) {
            for (PracticeLocation place : places) {
                if (!notice.absences().isEmpty() && notice.isAbout(place)) {
                    byPlace.computeIfAbsent(place.key(), key -> new ArrayList<>())
                            .addAll(notice.absences());
                }
            }
        }
        return new AbsenceFilter(byPlace, now);
    }

    /** The keys of the places where nobody is present now. */
    Set<String> closed() {
        return byPlace.entrySet().stream()
                .filter(place -> place.getValue().stream().anyMatch(absence -> absence.isAt(now)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The rows as they may be shown now. */
    List<IndexReader.SlotRow> trim(List<IndexReader.SlotRow> rows) {
        return byPlace.isEmpty() ? rows : rows.stream().flatMap(this::trim).toList();
    }

    private Stream<IndexReader.SlotRow> trim(IndexReader.SlotRow row) {
        Slot slot = row.slot();
        List<Absence> absences = byPlace.getOrDefault(slot.place(), List.of());
        if (absences.isEmpty()) {
            return Stream.of(row);
        }
        boolean range = slot.isRange();
        List<Slot> left = List.of(slot);
        for (Absence absence : absences) {
            if (absence.isAt(now)) {
                return Stream.empty();
            }
            left = left.stream()
                    .flatMap(part -> range ? without(absence, part) : whole(absence, part))
                    .toList();
        }
        return left.stream()
                .map(part -> new IndexReader.SlotRow(row.source(), part, row.changedAt(), row.heardInPartAt()));
    }

    /** The absence for which {@link #trim} removes a row entirely; null if some of the row remains. */
    @Nullable
    Absence reason(IndexReader.SlotRow row) {
        List<Absence> absences = byPlace.getOrDefault(row.slot().place(), List.of());
        return absences.stream()
                .filter(absence -> absence.isAt(now))
                .findFirst()
                .or(() -> absences.stream()
                        .filter(absence -> meets(absence, row.slot()))
                        .findFirst())
                .orElse(null);
    }

    private static Stream<Slot> whole(Absence absence, Slot slot) {
        return meets(absence, slot) ? Stream.empty() : Stream.of(slot);
    }

    private static Stream<Slot> without(Absence absence, Slot slot) {
        if (!meets(absence, slot)) {
            return Stream.of(slot);
        }
        Instant from = absence.from();
        Instant until = absence.until();
        List<Slot> left = new ArrayList<>(2);
        if (slot.start().isBefore(from)) {
            left.add(slot.between(slot.start(), from));
        }
        if (until != null && until.isBefore(slot.end())) {
            left.add(slot.between(until, slot.end()));
        }
        return left.stream();
    }

    private static boolean meets(Absence absence, Slot slot) {
        return absence.from().isBefore(slot.end())
                && (absence.until() == null || absence.until().isAfter(slot.start()));
    }

    /** When time alone changes the result of {@link #trim}; null for never. */
    @Nullable
    Instant nextChange() {
        return byPlace.values().stream()
                .flatMap(List::stream)
                .flatMap(absence -> absence.until() == null
                        ? Stream.of(absence.from())
                        : Stream.of(absence.from(), absence.until()))
                .filter(instant -> instant.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
    }
}
