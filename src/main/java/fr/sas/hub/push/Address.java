package fr.sas.hub.push;

import java.util.regex.Pattern;

/** A resource among its vendor's own: {@code Type/id}. */
record Address(String type, String id) {

    /** Which ids FHIR allows. */
    static final String RULE = "An id has 1 to 64 letters, digits, - and . (FHIR R4 §2.24.0.1)";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    /** Whether FHIR allows such an id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
