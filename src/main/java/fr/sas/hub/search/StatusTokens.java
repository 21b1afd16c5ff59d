package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import java.util.List;
import java.util.Set;

/** The statuses of slots that a search asks for: tokens of R4's value set, with or without their system. */
final class StatusTokens {

    private static final String SYSTEM = "http://hl7.org/fhir/slotstatus";
    private static final String FREE = "free";
    private static final Set<String> CODES =
            Set.of(FREE, "busy", "busy-unavailable", "busy-tentative", "entered-in-error");

    private StatusTokens() {}

    /** Whether free slots are among those asked for. */
    static boolean holdFree(QueryString query, String name) {
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
                    name, "a status is of the system " + SYSTEM + ", which may be left out: " + token);
        }
        if (token.code().isEmpty()) {
            return true;
        }
        if (!CODES.contains(token.code())) {
            throw FhirRefusal.malformed(name, "not a status of slots (free): " + token);
        }
        return token.code().equals(FREE);
    }
}
