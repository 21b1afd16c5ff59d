package fr.sas.hub.connector;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Who is asked of which vendor. Kept in the database; changes join the caller's transaction. */
@Service
public class Roster {

    /**
     * A practitioner's word on vendors: whether they may be asked for at all, and whom the practitioner named. A refusal
     * takes the practitioner out of every vendor's questions at once; lifting it makes them due at once.
     */
    public void practitionerSays(PractitionerId practitioner, boolean mayBeAskedFor, Set<Source> named) {}

    /** Makes these subjects due at once, of every vendor that has them. */
    public void askNow(Collection<? extends Subject> subjects) {}

    /** The vendors that are asked for each of these subjects; refused practitioners have none. */
    public Map<Subject, Set<Source>> vendorsAskedFor(Collection<? extends Subject> subjects) {
        return Map.of();
    }
}
