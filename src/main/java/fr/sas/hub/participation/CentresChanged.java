package fr.sas.hub.participation;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * Because of a health centre these subjects may take part otherwise now: the centre by its ids, its salaried doctors,
 * those who were; published inside the transaction of the change.
 */
public record CentresChanged(Set<Subject> concerned) {
    public CentresChanged {
        concerned = Set.copyOf(concerned);
    }
}
