package fr.sas.hub.index;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.Map;
import java.util.Set;

/**
 * Who somebody is, where they work and how they take part, whether a slot is free there or not (docs/decisions/0036).
 *
 * @param known without slots and words; its places are those that sources told of and those of the directory
 * @param closed keys of the places where nobody is now
 * @param structures every national id of a place, by its key; a place without any is missing
 * @param facilities the structures of the places that the directory knows, by the id a place shows
 */
public record Presence(
        Availability known,
        Set<String> closed,
        Map<String, Set<StructureId>> structures,
        Map<StructureId, Facility> facilities) {

    public boolean isClosed(PracticeLocation place) {
        return closed.contains(place.key());
    }
}
