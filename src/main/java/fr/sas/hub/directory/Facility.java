package fr.sas.hub.directory;

import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.StructureId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A structure that exists: a practice, an MSP, a health centre, a CPTS, an SOS Médecins association.
 *
 * @param id the one of its ids that it is stored under
 * @param kind null when only the extraction contains it, and its sector of activity is none of these
 * @param phone + and the digits, country code included
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
         * By TRE_R02-SecteurActivite: solo and group practices and practices run by companies, maisons and pôles de
         * santé, and health centres. CPTS and SOS Médecins have no sector of their own.
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
                    .filter(kind -> kind.code().equals(word))
                    .findFirst();
        }

        /** The code on the wire. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The facility as a place: a health centre is its own only place. */
    public DirectoryPlace asPlace() {
        return new DirectoryPlace(
                id.value(), List.of(id), name, line, postalCode, city, phone, PlaceZones.ofPostalCode(postalCode));
    }

    public NamedSubject party() {
        return new NamedSubject(id, name, List.of());
    }

    /** A health centre has salaried doctors and an agenda of its own; a rang only identifies one person's place. */
    public boolean isCentre() {
        return kind == Kind.CDS
                && switch (id.kind()) {
                    case FINESS, SIRET -> true;
                    case RPPS_RANG, ADELI_RANG -> false;
                };
    }
}
