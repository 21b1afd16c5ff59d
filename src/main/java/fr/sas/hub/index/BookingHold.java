package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one booking keeps out of the index (docs/decisions/0018).
 *
 * @param source that declared the booking
 * @param reference that source's own name for the slot; null if it is identified by its times
 * @param place key of the place; null for any
 * @param wordFrom answers of the same source fetched from then on are believed, whatever they contain
 * @param others whether equal slots of every other source stay out
 */
record BookingHold(
        UUID appointment,
        Source source,
        @Nullable String reference,
        @Nullable String place,
        Instant start,
        Instant end,
        Instant wordFrom,
        boolean others) {

    boolean concerns(Source speaker, Instant fetchedAt) {
        return speaker.equals(source) ? fetchedAt.isBefore(wordFrom) : others;
    }

    /**
     * The slots among one source's of which a place is taken: the named one, else one per place with the same times.
     */
    List<Slot> taken(Source speaker, List<Slot> slots) {
        if (speaker.equals(source) && reference != null) {
            for (Slot slot : slots) {
                if (slot.reference().equals(reference)) {
                    return covers(slot) ? List.of(slot) : List.of();
                }
            }
        }
        List<Slot> equal = new ArrayList<>(1);
        Set<String> places = new HashSet<>();
        for (Slot slot : slots) {
            if (slot.start().equals(start)
                    && slot.end().equals(end)
                    && (place == null || place.equals(slot.place()))
                    && places.add(slot.place())) {
                equal.add(slot);
            }
        }
        return equal;
    }

    private boolean covers(Slot slot) {
        return covers(slot, start, end);
    }

    /** Within a longer range of unknown capacity, an appointment leaves the rest of the range to others. */
    static boolean covers(Slot slot, Instant start, Instant end) {
        return !slot.isRange() || slot.forSeveral() || !start.isAfter(slot.start()) && !end.isBefore(slot.end());
    }

    /** What remains of one source's slots, fetched at this instant; the same list if nothing is taken. */
    static List<Slot> apply(List<BookingHold> holds, Source speaker, Instant fetchedAt, List<Slot> slots) {
        List<Slot> left = slots;
        for (BookingHold hold : holds) {
            if (hold.concerns(speaker, fetchedAt)) {
                left = without(left, hold.taken(speaker, left));
            }
        }
        return left;
    }

    /** Removes one place of each taken slot. */
    static List<Slot> without(List<Slot> slots, List<Slot> taken) {
        if (taken.isEmpty()) {
            return slots;
        }
        List<Slot> left = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            if (taken.stream().noneMatch(one -> one == slot)) {
                left.add(slot);
            } else if (slot.capacity() > 1) {
                left.add(slot.leaving(slot.capacity() - 1));
            }
        }
        return left;
    }
}
