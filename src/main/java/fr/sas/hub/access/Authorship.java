package fr.sas.hub.access;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who wrote something, as it is kept beside it. */
public final class Authorship {

    private static final int LONGEST_PERSON = 200;

    private Authorship() {}

    /** @param actingPerson the header {@code X-Acting-Person}: for whom the calling client acts; null when it acts itself */
    public static String of(Principal caller, @Nullable String actingPerson) {
        if (actingPerson == null || actingPerson.isBlank()) {
            return caller.getName();
        }
        String person = actingPerson.strip();
        return caller.getName() + " for " + person.substring(0, Math.min(person.length(), LONGEST_PERSON));
    }
}
