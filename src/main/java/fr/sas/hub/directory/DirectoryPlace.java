package fr.sas.hub.directory;

import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a practitioner works, as the directory knows it.
 *
 * @param id stable and opaque, unique among the practitioner's places; kept when better identifiers become known;
 *     becomes the key of the slot room's PracticeLocation
 * @param structures every national id of this place, preferred first (FINESS, SIRET, rang); may be empty
 * @param phone in +33 form; null when unknown or uncertain
 * @param zone by the postal code; Europe/Paris when there is none
 */
public record DirectoryPlace(
        String id,
        List<StructureId> structures,
        @Nullable String name,
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String phone,
        ZoneId zone) {
    public DirectoryPlace {
        structures = structures.stream().sorted().distinct().toList();
    }

    /** As shown in slots and roles. */
    public PracticeLocation shown() {
        return new PracticeLocation(
                id,
                structures.isEmpty() ? null : structures.getFirst(),
                null,
                null,
                line,
                postalCode,
                city,
                phone,
                zone,
                List.of());
    }

    /** Whether a source that names the other place means this one: by its id, else by a structure it had earlier. */
    public boolean isMeantBy(PracticeLocation other) {
        return id.equals(other.key()) || other.structure() != null && structures.contains(other.structure());
    }

    boolean sharesAStructureWith(DirectoryPlace other) {
        return !Collections.disjoint(structures, other.structures);
    }

    DirectoryPlace withId(String other) {
        return new DirectoryPlace(other, structures, name, line, postalCode, city, phone, zone);
    }
}
