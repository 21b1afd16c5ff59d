package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Set;

/**
 * Which health centres there are, or who works there, changed; published inside the transaction that records it.
 *
 * @param ids by which a health centre is known since, or is known no more
 * @param salaried who works at one since, or works there no more
 */
public record HealthCentresChanged(Set<StructureId> ids, Set<PractitionerId> salaried) {
    public HealthCentresChanged {
        ids = Set.copyOf(ids);
        salaried = Set.copyOf(salaried);
    }
}
