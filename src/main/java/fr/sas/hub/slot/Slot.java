package fr.sas.hub.slot;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A free slot as one source offers it.
 *
 * @param place key of the {@link PracticeLocation} in the same {@link Offer}
 * @param reasons free texts of the reasons for visit
 * @param bookingPage where to book; null when the slot cannot be booked online
 * @param capacity how many patients may still be sent; 1 for a plain slot, more for a range
 * @param reference the source's own name for the slot, unique within the source
 * @param forSeveral whether it was offered for several patients, also when only one more may be sent
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

    /** The guide advises less for one patient. */
    private static final Duration LONGEST_CONSULTATION = Duration.ofHours(1);

    public Slot {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A slot ends after it starts: " + start);
        }
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("A slot without audience is reserved to the practice's own patients");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("A slot is for one patient at least: " + capacity);
        }
        audiences = Set.copyOf(audiences);
        modes = Set.copyOf(modes);
        reasons = List.copyOf(reasons);
        specialties = List.copyOf(specialties);
        communities = List.copyOf(communities);
    }

    /** Of which nobody has been sent to yet: it is for several when its capacity says so. */
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
     * A range during which patients may come, and not a consultation of one: for several patients, or longer than any
     * consultation and not to be booked online.
     */
    public boolean isRange() {
        return isRange(forSeveral, bookingPage != null, start, end);
    }

    /** The same of what is not offered yet, or no more. */
    public static boolean isRange(boolean forSeveral, boolean bookable, Instant start, Instant end) {
        return forSeveral || !bookable && Duration.between(start, end).compareTo(LONGEST_CONSULTATION) > 0;
    }

    /** The same between other instants. */
    public Slot between(Instant from, Instant to) {
        return with(from, to, capacity);
    }

    /** The same for so many patients, one at least. */
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
