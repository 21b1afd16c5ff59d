package fr.sas.hub.fhir;

import java.util.Set;

/** The media types of FHIR (R4, §3.1.0.1.9), and those that others send in their place. */
public final class FhirMediaTypes {

    public static final String JSON = "application/fhir+json";
    /** {@link #JSON} as the guide spells it. */
    public static final String GUIDE_JSON = "application/json+fhir";

    public static final String XML = "application/fhir+xml";
    public static final String NDJSON = "application/fhir+ndjson";
    /** Of the only patches that the hub reads (RFC 6902). */
    public static final String JSON_PATCH = "application/json-patch+json";

    /** Everything that means FHIR's JSON. */
    public static final Set<String> ALL_JSON = Set.of(JSON, GUIDE_JSON, "application/json");
    /** Everything that means FHIR's XML. */
    public static final Set<String> ALL_XML = Set.of(XML, "application/xml+fhir", "application/xml", "text/xml");

    private FhirMediaTypes() {}

    /** As the value of a Content-Type. */
    public static String inUtf8(String type) {
        return type + ";charset=UTF-8";
    }
}
