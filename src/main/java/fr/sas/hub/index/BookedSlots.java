package fr.sas.hub.index;

import fr.sas.hub.index.news.IndexNews;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes booked slots out of every answer and keeps them out (docs/decisions/0018). A front door of the room. Slots of
 * the agenda are found here but counted by the agenda itself.
 */
@Service
public class BookedSlots {

    private final AvailabilityIndex index;
    private final IndexReader reader;
    private final IndexTables tables;
    private final HoldTables holds;
    private final ChangeLog log;
    private final IndexNews news;
    private final IndexSettings settings;
    private final Clock clock;

    BookedSlots(
            AvailabilityIndex index,
            IndexReader reader,
            IndexTables tables,
            HoldTables holds,
            ChangeLog log,
            IndexNews news,
            IndexSettings settings,
            Clock clock) {
        this.index = index;
        this.reader = reader;
        this.tables = tables;
        this.holds = holds;
        this.log = log;
        this.news = news;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The slots a booking took.
     *
     * @param slots by source, the declaring one first; the agenda must still count its own
     * @param found whether the declaring source offered the slot: it then need not be asked
     * @param party null if no source has named the subject yet
     * @param place where it takes place; null if uncertain
     */
    public record TakenSlots(
            List<TakenSlot> slots,
            boolean found,
            @Nullable NamedSubject party,
            @Nullable PracticeLocation place) {
        public TakenSlots {
            slots = List.copyOf(slots);
        }
    }

    public record TakenSlot(Source source, Slot slot) {}

    /**
     * Waits for deliveries in progress for these subjects, and blocks new ones and other bookings until the end of the
     * transaction. Must precede every other lock of the same transaction.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Collection<? extends Subject> subjects) {
        subjects.stream()
                .map(Subject::value)
                .distinct()
                .sorted()
                .forEach(value ->
                        tables.holdDeliveriesOf(Subject.ofNational(value).orElseThrow()));
    }

    /**
     * Takes one place of each slot designated; the subject must be {@link #lock locked}. Unknown slots are held as
     * well.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public TakenSlots take(IndexedBooking booking) {
        Instant now = clock.instant();
        Subject subject = booking.subject();
        Availability about =
                Objects.requireNonNull(index.availabilityOf(List.of(subject)).get(subject));
        List<IndexReader.SlotRow> rows =
                reader.slots(Map.of(subject.value(), subject), now).getOrDefault(subject, List.of());
        Map<Source, List<Slot>> offered = new TreeMap<>();
        rows.forEach(row -> offered.computeIfAbsent(row.source(), source -> new ArrayList<>())
                .add(row.slot()));
        List<TakenSlot> taken = new ArrayList<>();
        for (BookingHold hold : holdsOf(booking, about, rows, now)) {
            holds.save(subject, hold);
            for (Source source : List.copyOf(offered.keySet())) {
                if (source.equals(booking.by()) || hold.others()) {
                    List<Slot> slots = Objects.requireNonNull(offered.get(source));
                    List<Slot> here = hold.taken(source, slots);
                    here.forEach(slot -> taken.add(new TakenSlot(source, slot)));
                    offered.put(source, BookingHold.without(slots, here));
                }
            }
        }
        taken.sort(Comparator.comparing(slot -> !slot.source().equals(booking.by())));
        write(subject, taken, now);
        return new TakenSlots(
                taken,
                !taken.isEmpty() && taken.getFirst().source().equals(booking.by()),
                about.party(),
                placeOf(booking, about, taken));
    }

    /** Whether this appointment keeps equal slots of other sources out. */
    public boolean takesFromOthers(UUID appointment) {
        return holds.areOnOthers(appointment);
    }

    /**
     * No slot returns by itself: from now on the sources' answers are believed again.
     *
     * @param asItStands whether to believe the declaring source's last data, because it is not polled; otherwise
     *     what is fetched from now on
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void letGo(UUID appointment, boolean asItStands) {
        Instant now = clock.instant();
        holds.letGo(appointment, now, asItStands ? Instant.EPOCH : now);
    }

    /** One hold for each slot named, or one for the times. */
    private List<BookingHold> holdsOf(
            IndexedBooking booking, Availability about, List<IndexReader.SlotRow> rows, Instant now) {
        if (booking.slots().isEmpty()) {
            return List.of(byTimes(booking, null, about, now));
        }
        Map<String, IndexReader.SlotRow> named = byName(booking, rows);
        List<BookingHold> all = new ArrayList<>();
        for (String name : booking.slots()) {
            IndexReader.SlotRow row = named.get(name);
            if (row == null) {
                all.add(byTimes(booking, name, about, now));
            } else if (BookingHold.covers(row.slot(), booking.start(), booking.end())) {
                Slot slot = row.slot();
                all.add(new BookingHold(
                        booking.appointment(),
                        booking.by(),
                        row.source().equals(booking.by()) ? slot.reference() : null,
                        slot.place(),
                        slot.start(),
                        slot.end(),
                        now.plus(settings.bookingsOutlast()),
                        booking.forAll() && !slot.isRange()));
            }
        }
        return all;
    }

    private BookingHold byTimes(IndexedBooking booking, @Nullable String name, Availability about, Instant now) {
        return new BookingHold(
                booking.appointment(),
                booking.by(),
                name,
                placeKey(booking, about),
                booking.start(),
                booking.end(),
                now.plus(settings.bookingsOutlast()),
                booking.forAll());
    }

    /** By the declaring source's own names and by the ids issued by the hub. */
    private static Map<String, IndexReader.SlotRow> byName(IndexedBooking booking, List<IndexReader.SlotRow> rows) {
        Map<String, IndexReader.SlotRow> byName = new HashMap<>();
        Merge.byId(rows)
                .forEach((id, same) -> byName.put(
                        id,
                        same.stream()
                                .filter(row -> row.source().equals(booking.by()))
                                .findFirst()
                                .orElse(same.getFirst())));
        rows.stream()
                .filter(row -> row.source().equals(booking.by()))
                .forEach(row -> byName.put(row.slot().reference(), row));
        return byName;
    }

    private static @Nullable String placeKey(IndexedBooking booking, Availability about) {
        StructureId structure = booking.structure();
        if (booking.place() != null || structure == null) {
            return booking.place();
        }
        return about.places().values().stream()
                .filter(place -> structure.equals(place.structure()))
                .map(PracticeLocation::key)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable PracticeLocation placeOf(
            IndexedBooking booking, Availability about, List<TakenSlot> taken) {
        String key = taken.isEmpty()
                ? placeKey(booking, about)
                : taken.getFirst().slot().place();
        return key == null ? null : about.places().get(key);
    }

    private void write(Subject subject, List<TakenSlot> taken, Instant now) {
        Map<Source, List<ChangeLog.Change>> changes = new TreeMap<>();
        for (TakenSlot one : taken) {
            if (!one.source().isAgenda()) {
                changes.computeIfAbsent(one.source(), source -> new ArrayList<>())
                        .addAll(write(one.source(), one.slot(), now));
            }
        }
        changes.forEach((source, some) -> log.write(source, ChangeLog.Cause.BOOKED, some));
        if (!changes.isEmpty()) {
            holds.compareInFull(subject, changes.keySet());
            news.changed(Set.of(subject));
        }
    }

    private List<ChangeLog.Change> write(Source source, Slot slot, Instant now) {
        List<ChangeLog.Change> changes = new ArrayList<>(holds.removeFromIndex(source, slot));
        if (slot.capacity() > 1) {
            Slot less = slot.leaving(slot.capacity() - 1);
            String content = SlotContent.write(less);
            tables.insert(
                    source, now, List.of(new IndexTables.NewSlot(less, content, ContentDigests.of(less, content))));
            changes.add(new ChangeLog.Change(slot.subject().value(), slot.reference(), true));
        }
        return changes;
    }
}
