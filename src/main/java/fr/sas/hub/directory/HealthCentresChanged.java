package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Set;

/**
 * The set of health centres, or their staff, has changed; published inside the transaction that records it.
 *
 * @param ids the ids that have become, or have ceased to be, a health centre's
 * @param salaried the practitioners who have become, or have ceased to be, salaried at one
 */
public record HealthCentresChanged(Set<StructureId> ids, Set<PractitionerId> salaried) {
    public HealthCentresChanged {
        ids = Set.copyOf(ids);
        salaried = Set.copyOf(salaried);
    }
}
