package fr.sas.hub.appointment;

import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment of unscheduled care as its owner last declared it (DOMAIN §4, INT_R03). Nothing of the patient is kept.
 *
 * @param identifier the owner's own name for it
 * @param said what was declared
 * @param declared when that was said: the owner's {@code meta.lastUpdated}, else when it arrived
 * @param dated whether the owner said when
 * @param about what the hub knew of the slot when it was booked
 * @param version counts its changes, from 1
 * @param createdAt when the hub first heard of it
 * @param changedAt when the hub last changed it
 */
public record Appointment(
        UUID id,
        AppointmentOwner owner,
        Identifier identifier,
        Said said,
        Instant declared,
        boolean dated,
        Known about,
        long version,
        Instant createdAt,
        Instant changedAt) {

    public record Identifier(String system, String value) {}

    public enum Status {
        BOOKED("booked"),
        NO_SHOW("noshow"),
        FULFILLED("fulfilled"),
        CANCELLED("cancelled");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The code on the wire. */
        public String code() {
            return code;
        }
    }

    /**
     * @param with a practitioner, or a structure with slots of its own
     * @param confirmed participant status {@code accepted}; otherwise {@code needs-action}
     * @param slots references as they were sent
     * @param structure the place, by its national id; null when it was not said
     */
    public record Said(
            Status status,
            Subject with,
            boolean confirmed,
            @Nullable Operator operator,
            List<String> slots,
            @Nullable StructureId structure,
            Instant start,
            Instant end) {
        public Said {
            slots = List.copyOf(slots);
        }

        boolean takesTime() {
            return status != Status.CANCELLED;
        }

        boolean isAtTheSameTimeAs(Said other) {
            return with.equals(other.with)
                    && start.equals(other.start)
                    && end.equals(other.end)
                    && slots.equals(other.slots)
                    && java.util.Objects.equals(structure, other.structure);
        }
    }

    /**
     * @param party by name; null when nobody named them yet
     * @param place null when it is not certain
     * @param modes of the slot; empty when it is not known
     */
    public record Known(@Nullable Party party, @Nullable PracticeLocation place, Set<ConsultationMode> modes) {

        static final Known NOTHING = new Known(null, null, Set.of());

        public Known {
            modes = Set.copyOf(modes);
        }

        /** What this leaves unsaid, as it was known before. */
        Known orElse(Known before) {
            return new Known(
                    party == null ? before.party : party,
                    place == null ? before.place : place,
                    modes.isEmpty() ? before.modes : modes);
        }
    }
}
