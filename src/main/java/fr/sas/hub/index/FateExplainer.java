package fr.sas.hub.index;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Determines the fate of every slot of one subject by taking an {@link AnswerAssembly} apart. */
final class FateExplainer {

    private static final Comparator<Candidate> BY_START = Comparator.comparing(
                    (Candidate c) -> c.slot().start())
            .thenComparing(Candidate::source)
            .thenComparing(c -> c.slot().reference());

    private final AnswerAssembly assembly;
    private final PastTrust then;
    private final @Nullable Instant noticesSince;
    private final Map<IndexReader.SlotRow, List<Merge.Group>> shownAs = new IdentityHashMap<>();

    /** @param then the vendors' states at the instant explained, and since when */
    FateExplainer(AnswerAssembly assembly, PastTrust then, @Nullable Instant noticesSince) {
        this.assembly = assembly;
        this.then = then;
        this.noticesSince = noticesSince;
        Map<IndexReader.SlotRow, IndexReader.SlotRow> wholeOf = new IdentityHashMap<>();
        List<IndexReader.SlotRow> parts = new ArrayList<>();
        for (IndexReader.SlotRow row : assembly.from.slots()) {
            if (assembly.isOffered(row)) {
                List<IndexReader.SlotRow> left = assembly.absences.trim(List.of(row));
                left.forEach(part -> wholeOf.put(part, row));
                parts.addAll(left);
            }
        }
        for (Merge.Group group : Merge.groups(parts, assembly.fresh)) {
            group.rows()
                    .forEach(part -> shownAs.computeIfAbsent(wholeOf.get(part), row -> new ArrayList<>(1))
                            .add(group));
        }
    }

    /**
     * @param ended rows that had ended by then
     * @param gone rows that had left the index by then
     */
    List<Candidate> candidates(Window window, List<IndexReader.SlotRow> ended, List<PastReader.GoneRow> gone) {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (IndexReader.SlotRow row : assembly.from.slots()) {
            known.add(identity(row));
            names.add(name(row));
            Candidate candidate = candidate(row);
            boolean begins = window.holds(row.slot().start())
                    || candidate.shownAs().stream()
                            .anyMatch(part -> window.holds(part.slot().start()));
            if (begins) {
                candidates.add(candidate);
            }
        }
        for (IndexReader.SlotRow row : ended) {
            known.add(identity(row));
            if (window.holds(row.slot().start())) {
                candidates.add(candidate(row, Fate.PAST, row.slot().end()));
            }
        }
        for (PastReader.GoneRow row : gone) {
            if (known.add(identity(row.row()))) {
                candidates.add(gone(row, names.contains(name(row.row()))));
            }
        }
        candidates.sort(BY_START);
        return candidates;
    }

    private Candidate gone(PastReader.GoneRow gone, boolean cameAgain) {
        Slot slot = gone.row().slot();
        return switch (gone.cause()) {
            case DELIVERED, DELIVERED_IN_PART ->
                candidate(gone.row(), cameAgain ? Fate.REPLACED : Fate.NO_LONGER_OFFERED, gone.goneAt());
            case BOOKED -> candidate(gone.row(), Fate.BOOKED, gone.goneAt());
            case REFUSED -> candidate(gone.row(), Fate.REFUSED, gone.goneAt());
            case LEFT -> candidate(gone.row(), Fate.VENDOR_LEFT, gone.goneAt());
            case ENDED -> candidate(gone.row(), Fate.PAST, slot.end());
        };
    }

    private Candidate candidate(IndexReader.SlotRow row) {
        if (assembly.isOffered(row)) {
            return offered(row);
        }
        return switch (assembly.freshnessOf(row.source())) {
            case SILENT -> silent(row);
            case HIDDEN -> hidden(row);
            case FRESH, UNVERIFIED -> offered(row);
        };
    }

    private Candidate silent(IndexReader.SlotRow row) {
        PastTrust.RecordedVendor vendor = then.vendors().get(row.source());
        return vendor == null
                ? candidate(row, Fate.VENDOR_LEFT, null)
                : candidate(row, Fate.VENDOR_ON_TRIAL, vendor.since());
    }

    private Candidate hidden(IndexReader.SlotRow row) {
        Duration hiddenAfter = then.freshness().hiddenAfter();
        if (assembly.from.now().isBefore(row.changedAt().plus(hiddenAfter))) {
            return candidate(row, Fate.UNCONFIRMED, row.changedAt());
        }
        Instant confirmedAt = confirmedAt(row.source());
        PastTrust.RecordedVendor vendor = then.vendors().get(row.source());
        boolean paused = vendor != null && vendor.vendor().status() == Vendor.Status.PAUSED;
        return candidate(
                row,
                paused ? Fate.STALE_WHILE_PAUSED : Fate.STALE,
                confirmedAt == null ? null : confirmedAt.plus(hiddenAfter));
    }

    private Candidate offered(IndexReader.SlotRow row) {
        List<Merge.Group> groups = shownAs.getOrDefault(row, List.of());
        if (groups.isEmpty()) {
            Absence absence = assembly.absences.reason(row);
            return absence != null && absence.isAt(assembly.from.now())
                    ? candidate(row, Fate.NOBODY_THERE_NOW, absence.from())
                    : candidate(row, Fate.NOBODY_THERE_THEN, noticesSince);
        }
        if (assembly.descriptions.places().get(row.slot().place()) == null) {
            return candidate(row, Fate.PLACE_UNKNOWN, null);
        }
        Fate fate = fate(row, groups);
        return new Candidate(
                row.source(),
                row.slot(),
                fate,
                since(row, fate),
                row.changedAt(),
                groups.stream().map(Merge.Group::slot).toList());
    }

    private Fate fate(IndexReader.SlotRow row, List<Merge.Group> groups) {
        List<Merge.Group> led = groups.stream()
                .filter(group -> group.slot().source().equals(row.source()))
                .toList();
        if (led.isEmpty()) {
            return Fate.MERGED;
        }
        boolean cut = groups.size() > 1 || !sameTimes(groups.getFirst().slot().slot(), row.slot());
        if (cut) {
            return Fate.SHOWN_IN_PART;
        }
        return led.getFirst().slot().verified() ? Fate.SHOWN : Fate.SHOWN_UNVERIFIED;
    }

    private @Nullable Instant since(IndexReader.SlotRow row, Fate fate) {
        Instant confirmedAt = confirmedAt(row.source());
        return switch (fate) {
            case SHOWN_IN_PART -> noticesSince;
            case SHOWN_UNVERIFIED -> unverifiedSince(row.source(), confirmedAt);
            default -> row.changedAt();
        };
    }

    private @Nullable Instant unverifiedSince(Source source, @Nullable Instant confirmedAt) {
        PastTrust.RecordedVendor vendor = then.vendors().get(source);
        return vendor != null && vendor.vendor().doubted()
                ? vendor.since()
                : confirmedAt == null ? null : confirmedAt.plus(then.freshness().unverifiedAfter());
    }

    private @Nullable Instant confirmedAt(Source source) {
        return assembly.from.statuses().stream()
                .map(IndexReader.SourceStatusRow::status)
                .filter(status -> status.source().equals(source))
                .flatMap(status -> Stream.ofNullable(status.confirmedAt()))
                .findFirst()
                .orElse(null);
    }

    private static Candidate candidate(IndexReader.SlotRow row, Fate fate, @Nullable Instant since) {
        return new Candidate(row.source(), row.slot(), fate, since, row.changedAt(), List.of());
    }

    private static boolean sameTimes(Slot a, Slot b) {
        return a.start().equals(b.start()) && a.end().equals(b.end());
    }

    private static String name(IndexReader.SlotRow row) {
        return row.source() + " " + row.slot().reference();
    }

    private static String identity(IndexReader.SlotRow row) {
        return name(row) + " " + row.slot().start() + " " + row.slot().end();
    }
}
