package fr.sas.hub.search;

import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.SourceWord;
import fr.sas.hub.index.Standing;
import fr.sas.hub.index.Standings;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All that is served of one subject, ready to write. It holds as long as its sources' standings are those it was
 * rendered with and nobody leaves or comes back; confirmations are put in without rendering anything again.
 */
final class ShelvedSubject {

    private static final byte[] SYNC_MARK = ResourceWriter.UNKNOWN_SYNC.getBytes(StandardCharsets.US_ASCII);

    /** A slot and where it belongs; {@code schedule} is an index into {@link #schedules}. */
    record ShelvedSlot(
            String id, long start, long end, Entry entry, int schedule, List<ShelvedCommunity> communities) {}

    /** A schedule cut where the instant of the last confirmation goes; {@code word} says whose confirmation. */
    record ShelvedSchedule(String id, Piece before, Piece after, Entry whole, int word, Entry place) {}

    record ShelvedCommunity(String id, Entry service, Entry organization) {}

    final boolean isCentre;
    /** Health centres whose slots concern whoever asks for this subject; nearly always none. */
    final List<StructureId> centres;

    final boolean participates;
    final boolean takesReorientedPatients;
    final List<ShelvedSlot> slots;
    final List<ShelvedSchedule> schedules;
    /** The practitioner, the association or the health centre; null when nobody ever named it, and then there are no slots. */
    final @Nullable Entry party;
    /** What brings the party into an answer. */
    final SearchQuery.Include includedBy;

    private final Source[] sources;
    private final Standing[] standings;
    private final AtomicReferenceArray<SourceWord> words;
    private final int weight;
    /** Milliseconds of the epoch when time alone changes this; not asked of each slot. */
    private final long until;

    ShelvedSubject(Availability availability) {
        Shape shape = Shape.of(availability);
        this.isCentre = shape == Shape.CENTRE;
        this.centres = availability.centres();
        this.participates = availability.commitment().participates();
        this.takesReorientedPatients = availability.settings().emergencyReorientation();
        this.includedBy = shape.partyIncludedBy();
        this.sources = availability.words().stream().map(SourceWord::source).toArray(Source[]::new);
        this.standings = availability.standings().toArray(Standing[]::new);
        this.words = new AtomicReferenceArray<>(availability.words().toArray(SourceWord[]::new));
        this.until = availability.until() == null
                ? Long.MAX_VALUE
                : availability.until().toEpochMilli();
        Party who = availability.party();
        if (who == null) {
            this.party = null;
            this.slots = List.of();
            this.schedules = List.of();
        } else {
            this.party = shape.party(who);
            List<ShelvedSlot> shelved = new ArrayList<>(availability.slots().size());
            Schedules all = new Schedules(who, shape, availability);
            Map<String, ShelvedCommunity> communities = new HashMap<>();
            for (MergedSlot slot : availability.slots()) {
                PracticeLocation place = availability.places().get(slot.slot().place());
                if (place != null) {
                    shelved.add(shelve(slot, place, all, communities, shape));
                }
            }
            this.slots = List.copyOf(shelved);
            this.schedules = List.copyOf(
                    all.byId.values().stream().map(Schedules.Numbered::schedule).toList());
        }
        this.weight = weigh();
    }

    private static ShelvedSlot shelve(
            MergedSlot slot,
            PracticeLocation place,
            Schedules all,
            Map<String, ShelvedCommunity> communities,
            Shape shape) {
        Schedules.Numbered schedule = all.of(place, slot.source());
        return new ShelvedSlot(
                slot.id(),
                slot.slot().start().toEpochMilli(),
                slot.slot().end().toEpochMilli(),
                shape.slot(slot, place, schedule.schedule.id()),
                schedule.number,
                slot.slot().communities().stream()
                        .map(c -> communities.computeIfAbsent(c.id().value(), id -> shelve(c)))
                        .toList());
    }

    static ShelvedCommunity shelve(Community community) {
        return new ShelvedCommunity(
                community.id().value(),
                Entry.included(
                        "HealthcareService",
                        Ids.communityService(community),
                        ResourceWriter.communityService(community)),
                Entry.included(
                        "Organization",
                        Ids.organization(community.id().value()),
                        ResourceWriter.communityOrganization(community)));
    }

    /** One schedule per place and source that slots refer to, in the order of their first slot. */
    private final class Schedules {
        record Numbered(int number, ShelvedSchedule schedule) {}

        private final Map<String, Numbered> byId = new LinkedHashMap<>();
        private final Map<String, Entry> placesByKey = new HashMap<>();
        private final Party who;
        private final Shape shape;
        private final Availability availability;

        Schedules(Party who, Shape shape, Availability availability) {
            this.who = who;
            this.shape = shape;
            this.availability = availability;
        }

        Numbered of(PracticeLocation place, Source source) {
            return byId.computeIfAbsent(
                    Ids.schedule(who.id(), place, source), id -> new Numbered(byId.size(), cut(id, place, source)));
        }

        private ShelvedSchedule cut(String id, PracticeLocation place, Source source) {
            Entry where = placesByKey.computeIfAbsent(place.key(), key -> shape.place(who, place, availability));
            Entry whole = shape.schedule(id, who, place, source);
            int mark = indexOf(whole.piece().plain, SYNC_MARK);
            return new ShelvedSchedule(
                    id,
                    new Piece(java.util.Arrays.copyOfRange(whole.piece().plain, 0, mark)),
                    new Piece(java.util.Arrays.copyOfRange(
                            whole.piece().plain, mark + SYNC_MARK.length, whole.piece().plain.length)),
                    whole,
                    numberOf(source),
                    where);
        }
    }

    /** Whether the sources still stand as they did when this was rendered, and nobody left or came back since. */
    boolean holdsAt(Instant now, Standings current) {
        if (now.toEpochMilli() >= until) {
            return false;
        }
        for (int i = 0; i < sources.length; i++) {
            if (current.of(sources[i], words.get(i).confirmedAt(), now) != standings[i]) {
                return false;
            }
        }
        return true;
    }

    /** False when this source said nothing before: the subject has to be read again. */
    boolean confirm(Source source, Instant at) {
        int number = numberOf(source);
        if (number < 0) {
            return false;
        }
        words.updateAndGet(number, word -> word.confirmed(at));
        return true;
    }

    int sourceCount() {
        return sources.length;
    }

    SourceWord word(int number) {
        return words.get(number);
    }

    Standing standing(int number) {
        return standings[number];
    }

    private int numberOf(Source source) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i].equals(source)) {
                return i;
            }
        }
        return -1;
    }

    int weight() {
        return weight;
    }

    private int weigh() {
        int bytes =
                256 + sources.length * 64 + (party == null ? 0 : party.piece().weight());
        for (ShelvedSlot slot : slots) {
            bytes += 96 + slot.entry.piece().weight();
        }
        for (ShelvedSchedule schedule : schedules) {
            bytes += 128
                    + 2 * schedule.whole.piece().weight()
                    + schedule.place.piece().weight();
        }
        return bytes;
    }

    private static int indexOf(byte[] text, byte[] part) {
        outer:
        for (int i = 0; i <= text.length - part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (text[i + j] != part[j]) {
                    continue outer;
                }
            }
            return i;
        }
        throw new IllegalStateException("Every schedule has a place for its last confirmation");
    }
}
