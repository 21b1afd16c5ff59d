package fr.sas.hub.index;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Union with provenance (docs/decisions/0002): the same slot from several sources is shown once, with all its sources.
 * Two equal slots of one source are two slots: the first of one source matches the first of another, the second the
 * second.
 */
final class Merge {

    /** A bookable slot leads; then by name; the agenda last. */
    private static final Comparator<IndexReader.SlotRow> LEADING_FIRST = Comparator.comparing(
                    (IndexReader.SlotRow row) -> row.slot().bookingPage() == null)
            .thenComparing(row -> row.source().isAgenda())
            .thenComparing(IndexReader.SlotRow::source);

    private Merge() {}

    /** What makes slots the same, within a subject. */
    private record Identity(String place, Instant start, Instant end, int nth) {}

    private record Place(String place, Instant start, Instant end, Source source) {}

    /** A merged slot and the rows it was made of, the leading one first. */
    record Group(MergedSlot slot, List<IndexReader.SlotRow> rows) {}

    /** @param rows of one subject, from sources that are shown, in a stable order */
    static List<MergedSlot> merge(List<IndexReader.SlotRow> rows, Set<Source> fresh) {
        return groups(rows, fresh).stream().map(Group::slot).toList();
    }

    static List<Group> groups(List<IndexReader.SlotRow> rows, Set<Source> fresh) {
        Map<Identity, List<IndexReader.SlotRow>> same = same(rows);
        List<Group> merged = new ArrayList<>(same.size());
        same.forEach((identity, group) -> merged.add(new Group(one(identity, group, fresh), group)));
        merged.sort(Comparator.comparing((Group group) -> group.slot.slot().start())
                .thenComparing(group -> group.slot.id()));
        return merged;
    }

    /** The same rows by the id under which each is, or would be, shown. */
    static Map<String, List<IndexReader.SlotRow>> byId(List<IndexReader.SlotRow> rows) {
        Map<String, List<IndexReader.SlotRow>> byId = new HashMap<>();
        same(rows)
                .forEach((identity, group) ->
                        byId.put(idOf(identity, group.getFirst().slot()), group));
        return byId;
    }

    private static Map<Identity, List<IndexReader.SlotRow>> same(List<IndexReader.SlotRow> rows) {
        Map<Place, Integer> seen = new HashMap<>();
        Map<Identity, List<IndexReader.SlotRow>> same = new LinkedHashMap<>();
        for (IndexReader.SlotRow row : rows) {
            Slot slot = row.slot();
            int nth = seen.merge(new Place(slot.place(), slot.start(), slot.end(), row.source()), 1, Integer::sum);
            same.computeIfAbsent(new Identity(slot.place(), slot.start(), slot.end(), nth), i -> new ArrayList<>(2))
                    .add(row);
        }
        return same;
    }

    private static MergedSlot one(Identity identity, List<IndexReader.SlotRow> group, Set<Source> fresh) {
        group.sort(LEADING_FIRST);
        IndexReader.SlotRow leader = group.getFirst();
        return new MergedSlot(
                idOf(identity, leader.slot()),
                group.size() == 1 ? leader.slot() : union(group),
                leader.source(),
                group.stream()
                        .skip(1)
                        .map(row -> new MergedSlot.Other(
                                row.source(),
                                row.slot().bookingPage(),
                                row.slot().reference()))
                        .toList(),
                group.stream()
                        .map(IndexReader.SlotRow::changedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                group.stream().anyMatch(row -> fresh.contains(row.source())));
    }

    private static String idOf(Identity identity, Slot slot) {
        return slot.subject().value() + "-"
                + ContentDigests.idOf(identity.place
                        + '|'
                        + identity.start.toEpochMilli()
                        + '|'
                        + identity.end.toEpochMilli()
                        + '|'
                        + identity.nth);
    }

    private static Slot union(List<IndexReader.SlotRow> group) {
        Slot leader = group.getFirst().slot();
        Set<Audience> audiences = EnumSet.noneOf(Audience.class);
        Set<ConsultationMode> modes = EnumSet.noneOf(ConsultationMode.class);
        Map<String, Community> communities = new LinkedHashMap<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (IndexReader.SlotRow row : group) {
            audiences.addAll(row.slot().audiences());
            modes.addAll(row.slot().modes());
            reasons.addAll(row.slot().reasons());
            row.slot()
                    .communities()
                    .forEach(community -> communities.putIfAbsent(community.id().value(), community));
        }
        return new Slot(
                leader.subject(),
                leader.place(),
                leader.start(),
                leader.end(),
                audiences,
                modes,
                List.copyOf(reasons),
                leader.specialties(),
                leader.appointmentType(),
                leader.bookingPage(),
                List.copyOf(communities.values()),
                leader.capacity(),
                leader.reference(),
                leader.forSeveral());
    }
}
