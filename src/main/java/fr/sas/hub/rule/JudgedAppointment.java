package fr.sas.hub.rule;

import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an appointment, and what it says.
 *
 * @param faults for which it is refused, all of them; none when it is accepted
 * @param content null when it is refused
 */
public record JudgedAppointment(
        List<Fault> faults, @Nullable Content content) {

    /** @param finding its rule, and the FHIRPath of the element */
    public record Fault(Kind kind, Finding finding) {}

    public enum Kind {
        /** It is not FHIR at all. */
        MALFORMED,
        /** An element that a rule requires is absent. */
        MISSING,
        AGAINST_A_RULE
    }

    /**
     * @param status code on the wire
     * @param with a practitioner, or a structure with slots of its own
     * @param confirmed whether they accepted
     * @param slots references as sent
     * @param structure the place; null if not given, or if the appointment is with the structure itself
     * @param lastUpdated when the vendor's software last changed it; null if not given
     */
    public record Content(
            Identifier identifier,
            String status,
            Operator operator,
            Subject with,
            boolean confirmed,
            @Nullable StructureId structure,
            Instant start,
            Instant end,
            List<String> slots,
            @Nullable Instant lastUpdated) {

        public Content {
            slots = List.copyOf(slots);
        }
    }

    public record Identifier(String system, String value) {}

    /**
     * The regulator.
     *
     * @param type null if not given
     */
    public record Operator(
            String system, String value, @Nullable String type) {}

    public JudgedAppointment {
        faults = List.copyOf(faults);
    }
}
