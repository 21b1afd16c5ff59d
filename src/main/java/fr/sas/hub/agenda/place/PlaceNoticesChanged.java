package fr.sas.hub.agenda.place;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * What is said of a place of these subjects changed, of a health centre also for those who work there; published inside
 * the transaction that records it.
 */
public record PlaceNoticesChanged(Set<Subject> subjects) {
    public PlaceNoticesChanged {
        subjects = Set.copyOf(subjects);
    }
}
