package fr.sas.hub.index;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.Map;
import java.util.Set;

/**
 * Who a subject is, where they work and how they participate, whether or not they have a free slot
 * (docs/decisions/0036).
 *
 * @param known without slots and words; its places are those reported by sources and those of the directory
 * @param closed keys of the places where nobody is present now
 * @param structures every national id of a place, by its key; places without any are missing
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
