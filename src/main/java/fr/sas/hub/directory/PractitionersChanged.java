package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.util.Set;

/**
 * Practitioners were added to, changed in or removed from the directory.
 *
 * @param practitioners those added, changed or removed; empty when there are many: any may have changed
 */
public record PractitionersChanged(Set<PractitionerId> practitioners) {
    public PractitionersChanged {
        practitioners = Set.copyOf(practitioners);
    }
}
