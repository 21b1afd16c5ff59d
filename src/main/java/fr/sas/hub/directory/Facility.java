package fr.sas.hub.directory;

import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.StructureId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A structure that exists: a practice, an MSP, a health centre, a CPTS, an SOS Médecins association.
 *
 * @param id the one it is kept under, of those it has
 * @param kind null when only the extraction names it, and its sector of activity is none of these
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
        SOS;

        /**
         * Of TRE_R02-SecteurActivite: practices alone, in groups or companies, maisons and pôles de santé, and health centres.
         * CPTS and SOS Médecins have no sector of their own.
         */
        static @Nullable Kind ofSector(@Nullable String code) {
            return switch (code == null ? "" : code) {
                case "SA05" -> CDS;
                case "SA07", "SA08", "SA09" -> PRACTICE;
                case "SA52" -> MSP;
                default -> null;
            };
        }

        static Optional<Kind> named(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }

        /** As it is written on the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As a place: a health centre is its own only one. */
    public DirectoryPlace itself() {
        return new DirectoryPlace(
                id.value(), List.of(id), name, line, postalCode, city, phone, PlaceZones.ofPostalCode(postalCode));
    }

    public Party party() {
        return new Party(id, name, List.of());
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
