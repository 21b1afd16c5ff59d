package fr.sas.hub.verdict;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to check a vendor's server with.
 *
 * @param practitioners whom the vendor knows and who have free slots within 72 hours; 0 to 25
 * @param communities CPTS that slots of theirs belong to, possibly none in particular; null: INT_R04 is not checked
 * @param associations SOS Médecins associations that the vendor knows; none: that search is not checked
 * @param unknown a practitioner whom the vendor does not know
 * @param write whether accounts of a made-up regulator may be written on the vendor's server
 * @param brisk how long the answer about one practitioner may take
 */
public record CheckOrder(
        List<PractitionerId> practitioners,
        @Nullable Set<StructureId> communities,
        Set<StructureId> associations,
        PractitionerId unknown,
        boolean write,
        Duration brisk) {

    /** An RPPS of right form that is nobody's. */
    public static final PractitionerId NOBODY = new PractitionerId("899999999998");

    public static final Duration ONE_SECOND = Duration.ofSeconds(1);

    public CheckOrder {
        practitioners = List.copyOf(practitioners);
        communities = communities == null ? null : Set.copyOf(communities);
        associations = Set.copyOf(associations);
        if (practitioners.size() > 25) {
            throw new IllegalArgumentException("At most 25 practitioners are asked for at once");
        }
    }
}
