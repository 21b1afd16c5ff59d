package fr.sas.hub.push;

import org.jspecify.annotations.Nullable;

/** The address of a resource among those of its vendor: {@code Type/id}. */
record ResourceAddress(String type, String id) {

    /** The ids that FHIR allows, in a sentence. */
    static final String RULE = "An id has 1 to 64 letters, digits, - and . (FHIR R4 §2.24.0.1)";

    private static final String HISTORY = "/_history/";
    private static final int LONGEST = 64;

    /** Whether FHIR allows this id. */
    static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isOfId(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    private static boolean isOfId(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.';
    }

    /**
     * Reads a relative reference and ignores its version: only one state of each resource is kept. Null for any other
     * text.
     */
    static @Nullable ResourceAddress parse(String reference) {
        int slash = reference.indexOf('/');
        if (slash < 0 || !ResourceRules.TYPES.contains(reference.substring(0, slash))) {
            return null;
        }
        int version = reference.indexOf(HISTORY, slash);
        String id = reference.substring(slash + 1, version < 0 ? reference.length() : version);
        return isId(id) ? new ResourceAddress(reference.substring(0, slash), id) : null;
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
