package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.util.Set;

/**
 * The directory knows other practitioners, or knows them otherwise, than before.
 *
 * @param practitioners empty after a load: any of them may have changed
 */
public record PractitionersChanged(Set<PractitionerId> practitioners) {
    public PractitionersChanged {
        practitioners = Set.copyOf(practitioners);
    }
}
