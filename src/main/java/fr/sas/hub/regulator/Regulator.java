package fr.sas.hub.regulator;

import fr.sas.hub.fhir.FhirVocabulary;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A regulator's account on the platform.
 *
 * @param id given by the platform
 * @param nationalId with its prefix, such as {@code 3456780581/11242343} or 8 + RPPS; null while none is attached
 * @param lrm address of the regulators' software that this regulator works with, such as {@code fr.health.samu330}; null
 *     when it is the hub's usual one
 * @param active whether the account is entitled to use the vendors' booking pages
 */
public record Regulator(
        UUID id,
        String family,
        String given,
        String email,
        @Nullable String nationalId,
        @Nullable String lrm,
        boolean active) {

    /** An identifier as vendors know it. */
    public record Identifier(String system, String type, String value) {

        /** National ones hold no hyphens, a UUID always does. */
        static Identifier of(String value) {
            return value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    ? new Identifier(FhirVocabulary.PLATFORM_IDS, FhirVocabulary.INTERNAL, value)
                    : new Identifier(FhirVocabulary.PRACTITIONER_IDS, FhirVocabulary.NATIONAL_PERSON, value);
        }
    }

    /** The one identifier vendors are told: national when there is one, else the platform's. */
    public Identifier identifier() {
        return Identifier.of(nationalId == null ? id.toString() : nationalId);
    }
}
