package fr.sas.hub.participation;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * Because of a structure these subjects take part otherwise now, or another name or number is to be called for them: a
 * health centre by its ids, its salaried doctors, those who were, those who participate through it; published inside the
 * transaction of the change.
 */
public record StructuresChanged(Set<Subject> concerned) {
    public StructuresChanged {
        concerned = Set.copyOf(concerned);
    }
}
