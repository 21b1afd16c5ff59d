package fr.sas.hub.asking;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * What one vendor delivered of these subjects may be shown otherwise now: an appointment of its own was cancelled or moved.
 * Published inside the transaction that changes it.
 */
public record LookedAtAgain(Source vendor, Set<Subject> subjects) {
    public LookedAtAgain {
        subjects = Set.copyOf(subjects);
    }
}
