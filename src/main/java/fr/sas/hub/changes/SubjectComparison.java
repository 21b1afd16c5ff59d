package fr.sas.hub.changes;

import fr.sas.hub.search.ServedResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What consumers must receive once a subject is no longer shown as before.
 *
 * @param present everything shown now
 * @param gone resources shown before, and no longer
 * @param isChange whether there is anything to report
 */
record SubjectComparison(List<KnownResource> present, List<GoneResource> gone, boolean isChange) {

    /**
     * Types of resources that several subjects share: no single subject shows that one is gone. Consumers drop it when
     * nothing refers to it any longer.
     */
    private static final Set<String> SHARED = Set.of("Organization", "HealthcareService");

    /** @param position that the change gets, if there is one */
    static SubjectComparison of(List<KnownResource> before, List<ServedResource> now, long position, Instant at) {
        Map<String, KnownResource> left = new LinkedHashMap<>();
        before.forEach(known -> left.put(known.resource().reference(), known));
        List<KnownResource> present = new ArrayList<>(now.size());
        boolean isChange = false;
        for (ServedResource resource : now) {
            KnownResource known = left.remove(resource.reference());
            if (known != null && known.resource().saysTheSameAs(resource)) {
                present.add(new KnownResource(resource, known.position()));
            } else {
                present.add(new KnownResource(resource, position));
                isChange = true;
            }
        }
        List<GoneResource> gone = left.values().stream()
                .map(KnownResource::resource)
                .filter(resource -> !SHARED.contains(resource.type()) && !hasEnded(resource, at))
                .map(resource -> new GoneResource(resource.type(), resource.id(), position))
                .toList();
        return new SubjectComparison(List.copyOf(present), gone, isChange || !gone.isEmpty());
    }

    /** Consumers notice this by themselves. */
    static boolean hasEnded(ServedResource resource, Instant at) {
        Instant end = resource.end();
        return end != null && !end.isAfter(at);
    }
}
