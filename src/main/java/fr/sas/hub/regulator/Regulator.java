package fr.sas.hub.regulator;

import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import jakarta.persistence.Embeddable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A regulator's account on the platform.
 *
 * @param id assigned by the platform
 * @param nationalId with its prefix, such as {@code 3456780581/11242343} or 8 + RPPS; null while none is attached
 * @param lrm address of the regulators' software that this regulator works with, such as {@code fr.health.samu330};
 *     null for the hub's default
 * @param active whether the account is entitled to use the vendors' booking pages
 */
@Embeddable
public record Regulator(
        UUID id,
        String family,
        String given,
        String email,
        @Nullable String nationalId,
        @Nullable String lrm,
        boolean active) {

    /** An identifier as known to vendors. */
    public record Identifier(String system, String type, String value) {

        /** National identifiers contain no hyphens, a UUID always does. */
        static Identifier of(String value) {
            return value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    ? new Identifier(FhirVocabulary.PLATFORM_IDS, FhirVocabulary.INTERNAL, value)
                    : new Identifier(FhirVocabulary.PRACTITIONER_IDS, FhirVocabulary.NATIONAL_PERSON, value);
        }
    }

    /** The single identifier sent to vendors: national if there is one, else the platform's. */
    public Identifier identifier() {
        return Identifier.of(nationalId == null ? id.toString() : nationalId);
    }

    /** Every form in which others may write this regulator's identifier, normalised by {@link IdentifierSpellings#plain}. */
    public Set<String> writtenAs() {
        Set<String> forms = new LinkedHashSet<>(Set.of(id.toString()));
        if (nationalId != null) {
            forms.addAll(IdentifierSpellings.nationalForms(nationalId));
        }
        return Set.copyOf(forms);
    }

    /**
     * The forms in which others write identifiers: a UUID also in capitals or as a URN, a national one with or without
     * its prefix.
     */
    public static final class IdentifierSpellings {

        /**
         * FINESS, SIREN, SIRET and RPPS of a practice: the part before the slash for people without an RPPS of their
         * own.
         */
        private static final String PREFIXES_OF_STRUCTURES = "3456";

        private IdentifierSpellings() {}

        /** A canonical spelling: UUIDs in lower case, everything else in upper case. */
        public static String plain(String text) {
            return uuid(text).map(UUID::toString).orElseGet(() -> text.strip().toUpperCase(Locale.ROOT));
        }

        static Optional<UUID> uuid(String text) {
            try {
                return Optional.of(
                        UUID.fromString(text.strip().toLowerCase(Locale.ROOT).replaceFirst("^urn:uuid:", "")));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** The form as written comes first. */
        static Set<String> nationalForms(String text) {
            String written = plain(text);
            Set<String> forms = new LinkedHashSet<>(Set.of(written));
            Optional<PractitionerId> practitioner = PractitionerId.parse(written);
            if (practitioner.isPresent()) {
                forms.add(practitioner.get().value());
                forms.add(practitioner.get().value().substring(1));
            } else if (written.indexOf('/') > 0) {
                PREFIXES_OF_STRUCTURES.chars().forEach(prefix -> forms.add((char) prefix + written));
                if (PREFIXES_OF_STRUCTURES.indexOf(written.charAt(0)) >= 0) {
                    forms.add(written.substring(1));
                }
            }
            return forms;
        }
    }
}
