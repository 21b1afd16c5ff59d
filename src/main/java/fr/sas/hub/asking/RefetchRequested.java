package fr.sas.hub.asking;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * Vendors' data about these subjects is needed again, or no longer: a practitioner named a vendor, refused or came
 * back, or someone wants the newest. Published within the transaction of the change. Vendors that are polled are polled
 * again; what other vendors delivered is processed again.
 *
 * @param subjects empty for all
 */
public record RefetchRequested(Set<Subject> subjects) {
    public RefetchRequested {
        subjects = Set.copyOf(subjects);
    }
}
