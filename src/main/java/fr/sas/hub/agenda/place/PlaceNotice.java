package fr.sas.hub.agenda.place;

import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was entered for one place of practice of one subject, whichever sources offer slots there.
 *
 * @param place the directory's id of the place
 * @param structure its preferred national id at that time; null if it had none
 * @param absences by start, not overlapping
 * @param information for regulators: plain text of at most 1,000 characters; null for none
 */
public record PlaceNotice(
        String place,
        @Nullable StructureId structure,
        List<Absence> absences,
        @Nullable String information) {

    public PlaceNotice {
        absences = List.copyOf(absences);
    }

    /** Compares ids, or else structures: the place may have got a better identifier in the directory since. */
    public boolean isAbout(PracticeLocation other) {
        return place.equals(other.key()) || structure != null && structure.equals(other.structure());
    }
}
