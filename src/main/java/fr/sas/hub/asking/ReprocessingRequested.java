package fr.sas.hub.asking;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * What one vendor delivered about these subjects may now have to be shown differently: an appointment of its own was
 * cancelled or moved. Published within the transaction of the change.
 */
public record ReprocessingRequested(Source vendor, Set<Subject> subjects) {
    public ReprocessingRequested {
        subjects = Set.copyOf(subjects);
    }
}
