package fr.sas.hub.appointment;

import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment of unscheduled care as its owner last declared it (DOMAIN §4, INT_R03). No patient data is stored.
 *
 * @param identifier the owner's own name for it
 * @param said what was declared
 * @param declared when it was declared: the owner's {@code meta.lastUpdated}, else the time of arrival
 * @param dated whether the owner gave that time
 * @param about what the hub knew about the slot when it was booked
 * @param version counts its changes, from 1
 * @param createdAt when the hub first received it
 * @param changedAt when the hub last changed it
 */
public record Appointment(
        UUID id,
        AppointmentOwner owner,
        Identifier identifier,
        Declared said,
        Instant declared,
        boolean dated,
        SlotDetails about,
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

        static Status of(String code) {
            for (Status status : values()) {
                if (status.code.equals(code)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("No status of appointments: " + code);
        }

        /** The code on the wire. */
        public String code() {
            return code;
        }
    }

    /**
     * @param with a practitioner, or a structure with slots of its own
     * @param confirmed participant status {@code accepted}; otherwise {@code needs-action}
     * @param slots references as sent
     * @param structure the place, by its national id; null if not given
     */
    public record Declared(
            Status status,
            Subject with,
            boolean confirmed,
            @Nullable AppointmentOperator operator,
            List<String> slots,
            @Nullable StructureId structure,
            Instant start,
            Instant end) {
        public Declared {
            slots = List.copyOf(slots);
        }

        boolean takesTime() {
            return status != Status.CANCELLED;
        }

        boolean isAtTheSameTimeAs(Declared other) {
            return with.equals(other.with)
                    && start.equals(other.start)
                    && end.equals(other.end)
                    && slots.equals(other.slots)
                    && java.util.Objects.equals(structure, other.structure);
        }
    }

    /**
     * @param party with its name; null if no source has named it yet
     * @param place null if uncertain
     * @param modes of the slot; empty if unknown
     */
    public record SlotDetails(
            @Nullable NamedSubject party, @Nullable PracticeLocation place, Set<ConsultationMode> modes) {

        static final SlotDetails NOTHING = new SlotDetails(null, null, Set.of());

        public SlotDetails {
            modes = Set.copyOf(modes);
        }

        /** Fills what this omits from what was known before. */
        SlotDetails orElse(SlotDetails before) {
            return new SlotDetails(
                    party == null ? before.party : party,
                    place == null ? before.place : place,
                    modes.isEmpty() ? before.modes : modes);
        }
    }
}
