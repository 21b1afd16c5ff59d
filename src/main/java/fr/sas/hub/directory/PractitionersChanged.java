package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.util.Set;

/**
 * The directory knows other practitioners, or knows them otherwise, than before.
 *
 * @param practitioners those that are new, differ or are gone; empty when they are many: any may have changed
 */
public record PractitionersChanged(Set<PractitionerId> practitioners) {
    public PractitionersChanged {
        practitioners = Set.copyOf(practitioners);
    }
}
