package fr.sas.hub.search.parameter;

import fr.sas.hub.access.interaction.FhirRefusal;
import java.util.List;
import java.util.Set;

/** The slot statuses that a search requests: tokens of R4's value set, with or without their system. */
public final class StatusTokens {

    private static final String SYSTEM = "http://hl7.org/fhir/slotstatus";
    private static final String FREE = "free";
    private static final Set<String> CODES =
            Set.of(FREE, "busy", "busy-unavailable", "busy-tentative", "entered-in-error");

    private StatusTokens() {}

    /** Whether free slots are requested. */
    public static boolean holdFree(QueryString query, String name) {
        boolean all = true;
        for (List<SearchToken> anyOf : SearchToken.required(query, name)) {
            boolean any = false;
            for (SearchToken token : anyOf) {
                any |= isFree(name, token);
            }
            all &= any;
        }
        return all;
    }

    private static boolean isFree(String name, SearchToken token) {
        if (!token.isOf(SYSTEM)) {
            throw FhirRefusal.malformed(
                    name, "a status belongs to the system " + SYSTEM + ", which may be omitted: " + token);
        }
        if (token.code().isEmpty()) {
            return true;
        }
        if (!CODES.contains(token.code())) {
            throw FhirRefusal.malformed(name, "not a slot status (free): " + token);
        }
        return token.code().equals(FREE);
    }
}
