package fr.sas.hub.search;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders and packs everything served for one subject: first what is needed for selecting and sorting, then every entry
 * as a text that can be written by itself. {@link ShelvedSubject} reads it.
 */
final class SubjectPacking {

    static final int PARTICIPATES = 1;
    static final int PARTICIPATES_EVERYWHERE = 2;
    static final int TAKES_REORIENTED_PATIENTS = 4;
    static final int HAS_PARTY = 8;
    /** The shape's number starts at this bit. */
    static final int SHAPE = 4;

    private static final byte[] SYNC_MARK = ResourceWriter.UNKNOWN_SYNC.getBytes(StandardCharsets.US_ASCII);
    private static final int MINUTE = 60_000;

    private final PackedBytes head = new PackedBytes();
    private final PackedBytes lengths = new PackedBytes();
    private final PackedBytes body = new PackedBytes();
    private final PackedTexts texts = new PackedTexts(body);

    private final Availability availability;
    private final boolean forCommunities;
    private final ResourceShape shape;
    private final Map<String, Community> communities = new LinkedHashMap<>();
    private final Map<String, PracticeLocation> places = new LinkedHashMap<>();
    private final Map<String, Facility> structures = new LinkedHashMap<>();
    private final Map<String, Scheduled> schedules = new LinkedHashMap<>();

    private SubjectPacking(Availability availability, boolean forCommunities) {
        this.availability = availability;
        this.forCommunities = forCommunities;
        this.shape = ResourceShape.of(availability);
    }

    /** @param forCommunities whether it is for answers to INT_R04 or for all others */
    static byte[] pack(Availability availability, boolean forCommunities) {
        return new SubjectPacking(availability, forCommunities).pack();
    }

    /** One schedule per place and source that slots refer to, in order of their first slot. */
    private record Scheduled(int number, String id, PracticeLocation place, Source source) {}

    private record Placed(MergedSlot slot, PracticeLocation place, Scheduled schedule) {}

    private byte[] pack() {
        NamedSubject who = availability.party();
        List<Placed> slots = who == null ? List.of() : placed(who);
        boolean participates = availability.commitment().participates();
        boolean everywhere = participates
                && availability.places().values().stream()
                        .allMatch(place -> availability.commitment().at(place).participates());
        head.number((participates ? PARTICIPATES : 0)
                | (everywhere ? PARTICIPATES_EVERYWHERE : 0)
                | (availability.settings().emergencyReorientation() ? TAKES_REORIENTED_PATIENTS : 0)
                | (who == null ? 0 : HAS_PARTY)
                | shape.ordinal() << SHAPE);
        head.number(availability.centres().size());
        availability.centres().forEach(centre -> head.text(centre.value()));
        if (who != null) {
            writeTables(slots);
            writeTexts(who, slots);
        }
        head.bytes(lengths);
        head.bytes(body);
        return head.toArray();
    }

    private List<Placed> placed(NamedSubject who) {
        List<Placed> placed = new ArrayList<>(availability.slots().size());
        for (MergedSlot slot : availability.slots()) {
            PracticeLocation place = availability.places().get(slot.slot().place());
            if (place != null) {
                placed.add(new Placed(slot, place, schedule(who, place, slot.source())));
                slot.slot().communities().forEach(c -> communities.putIfAbsent(c.id().value(), c));
            }
        }
        return placed;
    }

    private Scheduled schedule(NamedSubject who, PracticeLocation place, Source source) {
        return schedules.computeIfAbsent(LogicalIds.schedule(who.id(), place, source), id -> {
            places.putIfAbsent(place.key(), place);
            Facility toCall = availability.commitment().structureToCall(place);
            if (toCall != null) {
                structures.putIfAbsent(toCall.id().value(), toCall);
            }
            return new Scheduled(schedules.size(), id, place, source);
        });
    }

    private void writeTables(List<Placed> slots) {
        head.number(structures.size());
        structures.keySet().forEach(id -> head.text(LogicalIds.organization(id)));
        head.number(communities.size());
        communities.keySet().forEach(head::text);
        head.number(places.size());
        head.number(schedules.size());
        schedules.values().forEach(this::writeSchedule);
        head.number(slots.size());
        long last = 0;
        long lasting = 0;
        for (Placed one : slots) {
            long start = one.slot.slot().start().toEpochMilli();
            writeTime(start - last);
            last = start;
            long takes = one.slot.slot().end().toEpochMilli() - start;
            boolean asBefore = takes == lasting;
            head.number(one.schedule.number << 1 | (asBefore ? 0 : 1));
            if (!asBefore) {
                writeTime(takes);
                lasting = takes;
            }
            if (!communities.isEmpty()) {
                List<Community> its = one.slot.slot().communities();
                head.number(its.size());
                its.forEach(community -> head.number(
                        numberOf(communities.keySet(), community.id().value())));
            }
        }
    }

    private void writeSchedule(Scheduled schedule) {
        Facility toCall = availability.commitment().structureToCall(schedule.place);
        head.number(wordOf(schedule.source) + 1);
        head.number(numberOf(places.keySet(), schedule.place.key()));
        head.number(
                toCall == null ? 0 : numberOf(structures.keySet(), toCall.id().value()) + 1);
        head.number(availability.commitment().at(schedule.place).participates() ? 1 : 0);
    }

    /** In the order of {@link ShelvedSubject}'s numbers. */
    private void writeTexts(NamedSubject who, List<Placed> slots) {
        for (int i = 0; i < slots.size(); i++) {
            Placed one = slots.get(i);
            write(textOf(shape.slot(one.slot, one.place, one.schedule.id, forCommunities)), i > 0);
        }
        for (Scheduled schedule : schedules.values()) {
            byte[] text = textOf(shape.schedule(schedule.id, who, schedule.place, schedule.source));
            int mark = indexOf(text, SYNC_MARK);
            write(Arrays.copyOfRange(text, 0, mark), false);
            write(Arrays.copyOfRange(text, mark + SYNC_MARK.length, text.length), false);
        }
        places.values().forEach(place -> write(textOf(shape.place(who, place, availability)), false));
        structures
                .values()
                .forEach(structure -> write(
                        textOf(BundleEntry.included(
                                "Organization",
                                LogicalIds.organization(structure.id().value()),
                                ResourceWriter.structure(structure))),
                        false));
        communities.values().forEach(community -> {
            ShelvedCommunity told = ShelvedCommunity.of(community);
            write(textOf(told.service()), false);
            write(textOf(told.organization()), false);
        });
        write(textOf(shape.party(who, availability)), false);
    }

    private void write(byte[] text, boolean follows) {
        lengths.number(texts.add(text, follows));
    }

    private static byte[] textOf(BundleEntry entry) {
        return entry.piece().plain;
    }

    private void writeTime(long millis) {
        boolean whole = millis >= 0 && millis % MINUTE == 0;
        head.number(whole ? millis / MINUTE << 1 : millis << 1 | 1);
    }

    static long readTime(PackedBytes.Reader in) {
        long time = in.number();
        return (time & 1) == 0 ? (time >>> 1) * MINUTE : time >> 1;
    }

    private int wordOf(Source source) {
        List<SourceStatus> statuses = availability.statuses();
        for (int i = 0; i < statuses.size(); i++) {
            if (statuses.get(i).source().equals(source)) {
                return i;
            }
        }
        return -1;
    }

    private static int numberOf(Iterable<String> all, @Nullable String one) {
        int number = 0;
        for (String other : all) {
            if (other.equals(one)) {
                return number;
            }
            number++;
        }
        throw new IllegalStateException("Already packed: " + one);
    }

    static int indexOf(byte[] text, byte[] part) {
        outer:
        for (int i = 0; i <= text.length - part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (text[i + j] != part[j]) {
                    continue outer;
                }
            }
            return i;
        }
        throw new IllegalStateException("Every schedule needs a placeholder for its last confirmation");
    }
}
