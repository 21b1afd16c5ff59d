package fr.sas.hub.slot;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A free slot as offered by one source.
 *
 * @param place key of the {@link PracticeLocation} in the same {@link Offer}
 * @param reasons reasons for visit, as free text
 * @param bookingPage where to book; null when the slot cannot be booked online
 * @param capacity how many more patients may be sent; 1 for a plain slot, more for a range
 * @param reference the source's own identifier of the slot, unique within the source
 * @param forSeveral whether it was offered for several patients, even when only one more may be sent
 */
public record Slot(
        Subject subject,
        String place,
        Instant start,
        Instant end,
        Set<Audience> audiences,
        Set<ConsultationMode> modes,
        List<String> reasons,
        List<Specialty> specialties,
        @Nullable AppointmentType appointmentType,
        @Nullable URI bookingPage,
        List<Community> communities,
        int capacity,
        String reference,
        boolean forSeveral) {

    /** The guide recommends less for one patient. */
    private static final Duration LONGEST_CONSULTATION = Duration.ofHours(1);

    public Slot {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A slot must end after it starts: " + start);
        }
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(
                    "A slot without an audience is reserved for the practice's own patients");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("A slot must have room for at least one patient: " + capacity);
        }
        audiences = Set.copyOf(audiences);
        modes = Set.copyOf(modes);
        reasons = List.copyOf(reasons);
        specialties = List.copyOf(specialties);
        communities = List.copyOf(communities);
    }

    /** A slot to which no patient has been sent yet: it is for several patients when its capacity exceeds one. */
    public Slot(
            Subject subject,
            String place,
            Instant start,
            Instant end,
            Set<Audience> audiences,
            Set<ConsultationMode> modes,
            List<String> reasons,
            List<Specialty> specialties,
            @Nullable AppointmentType appointmentType,
            @Nullable URI bookingPage,
            List<Community> communities,
            int capacity,
            String reference) {
        this(
                subject,
                place,
                start,
                end,
                audiences,
                modes,
                reasons,
                specialties,
                appointmentType,
                bookingPage,
                communities,
                capacity,
                reference,
                capacity > 1);
    }

    /** Past slots are never served, whatever the source says (DOMAIN §7.6). A range in progress is not past. */
    public boolean isPastAt(Instant now) {
        return !end.isAfter(now);
    }

    /**
     * Whether patients may come at any time during the slot, as opposed to a consultation for one: it is for several
     * patients, or it is longer than any consultation and cannot be booked online.
     */
    public boolean isRange() {
        return isRange(forSeveral, bookingPage != null, start, end);
    }

    /** As {@link #isRange()}, for slots that are not yet, or no longer, offered. */
    public static boolean isRange(boolean forSeveral, boolean bookable, Instant start, Instant end) {
        return forSeveral || !bookable && Duration.between(start, end).compareTo(LONGEST_CONSULTATION) > 0;
    }

    /** A copy with another start and end. */
    public Slot between(Instant from, Instant to) {
        return with(from, to, capacity);
    }

    /** A copy with room for this many more patients, at least one. */
    public Slot leaving(int patients) {
        return with(start, end, patients);
    }

    private Slot with(Instant from, Instant to, int patients) {
        return new Slot(
                subject,
                place,
                from,
                to,
                audiences,
                modes,
                reasons,
                specialties,
                appointmentType,
                bookingPage,
                communities,
                patients,
                reference,
                forSeveral);
    }
}
