package fr.sas.hub.verdict;

import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to check a vendor's server with.
 *
 * @param practitioners known to the vendor, with free slots within 72 hours; 0 to 25
 * @param communities CPTS that some of their slots belong to, may be empty; null to skip INT_R04
 * @param associations SOS Médecins associations known to the vendor; empty to skip that search
 * @param unknown a practitioner whom the vendor does not know
 * @param write whether accounts of a fictitious regulator may be written on the vendor's server
 * @param agreed the tolerances agreed with the vendor: what they cover is no fault of its answers
 * @param brisk the time an answer about one practitioner may take
 */
public record CheckOrder(
        List<PractitionerId> practitioners,
        @Nullable Set<StructureId> communities,
        Set<StructureId> associations,
        PractitionerId unknown,
        boolean write,
        Tolerances agreed,
        Duration brisk) {

    /** A well-formed RPPS that belongs to nobody. */
    public static final PractitionerId NOBODY = new PractitionerId("899999999998");

    public static final Duration ONE_SECOND = Duration.ofSeconds(1);

    public CheckOrder {
        practitioners = List.copyOf(practitioners);
        communities = communities == null ? null : Set.copyOf(communities);
        associations = Set.copyOf(associations);
        if (practitioners.size() > 25) {
            throw new IllegalArgumentException("At most 25 practitioners per request");
        }
    }
}
