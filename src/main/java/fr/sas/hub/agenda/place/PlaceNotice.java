package fr.sas.hub.agenda.place;

import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said of one place of practice of one subject, whatever sources offer slots there.
 *
 * @param place the directory's id of the place
 * @param structure its preferred national id as it was then; null when it has none
 * @param absences by start, apart from each other
 * @param information for whoever orients a patient: plain text of at most 1,000 characters; null for none
 */
public record PlaceNotice(
        String place,
        @Nullable StructureId structure,
        List<Absence> absences,
        @Nullable String information) {

    public PlaceNotice {
        absences = List.copyOf(absences);
    }

    /** By its id, else by its structure: the directory may have learnt a better identifier since. */
    public boolean isAbout(PracticeLocation other) {
        return place.equals(other.key()) || structure != null && structure.equals(other.structure());
    }
}
