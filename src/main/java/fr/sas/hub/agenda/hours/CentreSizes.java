package fr.sas.hub.agenda.hours;

import fr.sas.hub.slot.StructureId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;

/** Where managers' statements of how many doctors of a health centre participate are kept. */
public interface CentreSizes {

    /** By centre, and by the instant since which the number applies; centres that never stated one are left out. */
    Map<StructureId, NavigableMap<Instant, Integer>> of(Collection<StructureId> centres);
}
