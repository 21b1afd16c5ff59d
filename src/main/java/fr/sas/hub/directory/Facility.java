package fr.sas.hub.directory;

import fr.sas.hub.slot.StructureId;
import org.jspecify.annotations.Nullable;

/**
 * A structure that exists: a practice, an MSP, a health centre, a CPTS, an SOS Médecins association.
 *
 * @param id the one it is kept under, of those it has
 * @param kind null when only the extraction names it: that file does not say
 * @param phone + and the country's digits
 */
public record Facility(
        StructureId id,
        @Nullable String name,
        @Nullable Kind kind,
        @Nullable String phone,
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city) {

    public enum Kind {
        PRACTICE,
        CPTS,
        MSP,
        CDS,
        SOS
    }

    /** A health centre, with salaried doctors and an agenda of its own; a rang names one person's place. */
    public boolean isCentre() {
        return kind == Kind.CDS
                && switch (id.kind()) {
                    case FINESS, SIRET -> true;
                    case RPPS_RANG, ADELI_RANG -> false;
                };
    }
}
