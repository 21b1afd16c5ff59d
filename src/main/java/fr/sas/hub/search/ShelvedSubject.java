package fr.sas.hub.search;

import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PackedSubject} opened for one answer, by one thread: what is needed for selecting and sorting is read, the entries remain
 * packed. Slots, schedules, places, structures and communities are numbered from 0, in the order in which they were
 * packed.
 */
final class ShelvedSubject {

    private static final ResourceShape[] SHAPES = ResourceShape.values();
    private static final String RESOURCE = "\",\"resource\":";
    private static final String SEARCH = ",\"search\":";

    /** A packed text. */
    record Text(int from, int to) {}

    /**
     * @param status number of the source status that gives its last confirmation
     * @param toCall number of the structure to call; negative for none
     * @param participates whether the practitioner may be called at its place
     */
    record ShelvedSchedule(int status, int place, int toCall, boolean participates) {}

    final Subject subject;
    /** The national id, which is the party's logical id. */
    final String id;

    final boolean isCentre;
    /** Health centres whose slots a search for this subject also returns; nearly always none. */
    final List<StructureId> centres;

    /** Somewhere. */
    final boolean participates;
    /** At each of their places. */
    final boolean participatesEverywhere;

    final boolean takesReorientedPatients;
    /** The {@code _include} that adds the party to an answer. */
    final SearchQuery.Include includedBy;
    /** The {@code _include} that adds the places to an answer. */
    final SearchQuery.Include placesIncludedBy;

    final List<ShelvedSchedule> schedules;
    private final List<String> structures;
    private final List<String> communities;
    private final int slotCount;
    private final long[] starts;
    private final long[] ends;
    private final int[] scheduleOfSlots;
    private final int @Nullable [][] communitiesOfSlots;

    private final byte[] packed;
    private final int[] texts;
    private final int firstPlace;
    private final int firstStructure;
    private final int firstCommunity;
    private final boolean hasParty;

    /** Null until one of them is needed by itself. */
    private @Nullable List<byte[]> unpackedSlots;

    private final SourceStatus[] statuses;
    private final List<SourceFreshness> freshness;

    ShelvedSubject(Subject subject, byte[] packed, SourceStatus[] statuses, List<SourceFreshness> freshness) {
        PackedBytes.Reader in = new PackedBytes.Reader(packed);
        int flags = in.count();
        ResourceShape shape = SHAPES[flags >> SubjectPacking.SHAPE];
        this.subject = subject;
        this.id = subject.value();
        this.packed = packed;
        this.statuses = statuses;
        this.freshness = freshness;
        this.isCentre = shape == ResourceShape.CENTRE;
        this.participates = (flags & SubjectPacking.PARTICIPATES) != 0;
        this.participatesEverywhere = (flags & SubjectPacking.PARTICIPATES_EVERYWHERE) != 0;
        this.takesReorientedPatients = (flags & SubjectPacking.TAKES_REORIENTED_PATIENTS) != 0;
        this.hasParty = (flags & SubjectPacking.HAS_PARTY) != 0;
        this.includedBy = shape.partyIncludedBy();
        this.placesIncludedBy = shape.placeIncludedBy();
        this.centres = texts(in).stream().map(StructureId::new).toList();
        this.structures = hasParty ? texts(in) : List.of();
        this.communities = hasParty ? texts(in) : List.of();
        int places = hasParty ? in.count() : 0;
        this.schedules = hasParty ? schedules(in) : List.of();
        this.slotCount = hasParty ? in.count() : 0;
        this.starts = new long[slotCount];
        this.ends = new long[slotCount];
        this.scheduleOfSlots = new int[slotCount];
        this.communitiesOfSlots = communities.isEmpty() ? null : new int[slotCount][];
        readSlots(in);
        this.firstPlace = slotCount + 2 * schedules.size();
        this.firstStructure = firstPlace + places;
        this.firstCommunity = firstStructure + structures.size();
        this.texts = new int[firstCommunity + 2 * communities.size() + (hasParty ? 2 : 1)];
        for (int i = 1; i < texts.length; i++) {
            texts[i] = texts[i - 1] + in.count();
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i] += in.at();
        }
    }

    private static List<String> texts(PackedBytes.Reader in) {
        int count = in.count();
        if (count == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    private static List<ShelvedSchedule> schedules(PackedBytes.Reader in) {
        int count = in.count();
        List<ShelvedSchedule> schedules = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            schedules.add(new ShelvedSchedule(in.count() - 1, in.count(), in.count() - 1, in.count() == 1));
        }
        return schedules;
    }

    private void readSlots(PackedBytes.Reader in) {
        long last = 0;
        long lasting = 0;
        for (int i = 0; i < slotCount; i++) {
            last += SubjectPacking.readTime(in);
            starts[i] = last;
            int schedule = in.count();
            scheduleOfSlots[i] = schedule >> 1;
            lasting = (schedule & 1) == 0 ? lasting : SubjectPacking.readTime(in);
            ends[i] = last + lasting;
            if (communitiesOfSlots != null) {
                int[] its = new int[in.count()];
                Arrays.setAll(its, k -> in.count());
                communitiesOfSlots[i] = its;
            }
        }
    }

    int slots() {
        return slotCount;
    }

    /** In milliseconds since the epoch, like {@link #end}. */
    long start(int slot) {
        return starts[slot];
    }

    long end(int slot) {
        return ends[slot];
    }

    int scheduleOf(int slot) {
        return scheduleOfSlots[slot];
    }

    /** Numbers of the communities a slot belongs to. */
    int[] communitiesOf(int slot) {
        return communitiesOfSlots == null ? new int[0] : communitiesOfSlots[slot];
    }

    boolean belongsToCommunities(int slot) {
        return communitiesOf(slot).length > 0;
    }

    /** Whether any of its slots does. */
    boolean belongsToCommunities() {
        return IntStream.range(0, slotCount).anyMatch(this::belongsToCommunities);
    }

    Text slot(int number) {
        return text(number);
    }

    /** The text before the instant of the last confirmation. */
    Text scheduleBefore(int number) {
        return text(slotCount + 2 * number);
    }

    /** The text after it. */
    Text scheduleAfter(int number) {
        return text(slotCount + 2 * number + 1);
    }

    Text place(int number) {
        return text(firstPlace + number);
    }

    /** Its logical id. */
    String idOfStructure(int number) {
        return structures.get(number);
    }

    Text structure(int number) {
        return text(firstStructure + number);
    }

    String idOfCommunity(int number) {
        return communities.get(number);
    }

    Text communityService(int number) {
        return text(firstCommunity + 2 * number);
    }

    Text communityOrganization(int number) {
        return text(firstCommunity + 2 * number + 1);
    }

    /**
     * The practitioner, association or health centre; null if no source has ever named it, and there are then no slots.
     */
    @Nullable
    Text party() {
        return hasParty ? text(texts.length - 2) : null;
    }

    private Text text(int number) {
        return new Text(texts[number], texts[number + 1]);
    }

    byte[] packed() {
        return packed;
    }

    /** A slot's whole entry, whatever it refers to. */
    byte[] unpackedSlot(int number) {
        return unpackedSlots().get(number);
    }

    /** The entries of all slots, in order. */
    List<byte[]> unpackedSlots() {
        List<byte[]> known = unpackedSlots;
        if (known == null) {
            known = unpackSlots();
            unpackedSlots = known;
        }
        return known;
    }

    /** One after the other, because each may refer to the one before. */
    private List<byte[]> unpackSlots() {
        PlainAnswer unpacked = new PlainAnswer(new byte[4096]);
        List<byte[]> entries = new ArrayList<>(slotCount);
        int previous = 0;
        for (int slot = 0; slot < slotCount; slot++) {
            int start = unpacked.position();
            PackedTexts.write(packed, texts[slot], texts[slot + 1], unpacked, previous);
            entries.add(Arrays.copyOfRange(unpacked.array(), start, unpacked.length()));
            previous = start;
        }
        return entries;
    }

    byte[] unpacked(Text text) {
        PlainAnswer unpacked = new PlainAnswer(new byte[2048]);
        PackedTexts.write(packed, text.from, text.to, unpacked, 0);
        return Arrays.copyOf(unpacked.array(), unpacked.length());
    }

    /** The logical id of an entry. */
    static String idIn(byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('/') + 1, text.indexOf('"'));
    }

    /** The resource of an entry. */
    static byte[] resourceIn(byte[] entry) {
        String text = new String(entry, StandardCharsets.ISO_8859_1);
        return Arrays.copyOfRange(entry, startOfResource(text), text.lastIndexOf(SEARCH));
    }

    /** Where the resource of an entry begins. */
    static int startOfResource(byte[] entry) {
        return startOfResource(new String(entry, StandardCharsets.ISO_8859_1));
    }

    private static int startOfResource(String entry) {
        return entry.indexOf(RESOURCE) + RESOURCE.length();
    }

    int sourceCount() {
        return freshness.size();
    }

    SourceStatus statusOf(int number) {
        return statuses[number];
    }

    SourceFreshness freshnessOf(int number) {
        return freshness.get(number);
    }
}
