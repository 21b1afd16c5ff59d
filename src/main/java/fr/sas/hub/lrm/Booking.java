package fr.sas.hub.lrm;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as sent to the regulators' software. Contains nothing about the patient.
 *
 * @param id the hub's own; unchanged through all its changes
 * @param end null when not given
 * @param zone of the place: times are sent with its offset at that time
 * @param orientation null when uncertain
 * @param practitioner null when only the structure is known
 * @param operator the identifier of the person who booked, as received, in canonical spelling; null when not given
 * @param regulator who booked; null when it is not a known regulator, and then nothing is sent
 */
public record Booking(
        UUID id,
        Instant created,
        Instant start,
        @Nullable Instant end,
        ZoneId zone,
        Status status,
        @Nullable OrientationCategory orientation,
        @Nullable Practitioner practitioner,
        @Nullable Structure structure,
        @Nullable String operator,
        @Nullable Regulator regulator) {

    /** FHIR's codes, in lower case on the wire. */
    public enum Status {
        PENDING,
        BOOKED,
        FULFILLED,
        NOSHOW,
        CANCELLED
    }

    /**
     * @param id with its prefix
     * @param specialty code of TRE_R38, such as SM54; null when unknown
     * @param profession code of TRE_G15, 10 for physicians; null when unknown
     */
    public record Practitioner(
            String id,
            String family,
            String given,
            @Nullable String specialty,
            @Nullable String profession) {}

    /** @param id with its prefix: 1 + FINESS or 3 + SIRET */
    public record Structure(String id, String name) {}

    /**
     * @param nationalId null while the regulator has none: the platform's UUID means nothing to others
     * @param lrm address of the software they work with; null for the hub's default
     */
    public record Regulator(
            @Nullable String nationalId,
            String family,
            String given,
            String email,
            @Nullable String lrm) {}
}
