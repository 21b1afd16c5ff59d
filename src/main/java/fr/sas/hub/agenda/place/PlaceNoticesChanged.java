package fr.sas.hub.agenda.place;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * The notices about a place of these subjects have changed; for a health centre the subjects include those who work
 * there. Published within the transaction that records the change.
 */
public record PlaceNoticesChanged(Set<Subject> subjects) {
    public PlaceNoticesChanged {
        subjects = Set.copyOf(subjects);
    }
}
