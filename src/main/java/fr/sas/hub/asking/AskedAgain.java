package fr.sas.hub.asking;

import fr.sas.hub.slot.Subject;
import java.util.Set;

/**
 * What vendors say of these subjects is wanted again, or no longer: a practitioner named a vendor, refused, came back, or
 * somebody wants the newest. Published inside the transaction that changes it. Vendors that are asked are asked; what
 * vendors delivered is looked at again.
 *
 * @param subjects empty for everybody
 */
public record AskedAgain(Set<Subject> subjects) {
    public AskedAgain {
        subjects = Set.copyOf(subjects);
    }
}
