package fr.sas.hub.participation;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * A structure's change affects how these subjects participate, or the name or number to call for them: a health centre
 * under its ids, its present and former salaried doctors, and those who participate through it; published within the
 * transaction of the change.
 */
public record StructuresChanged(Set<Subject> concerned) {
    public StructuresChanged {
        concerned = Set.copyOf(concerned);
    }
}
