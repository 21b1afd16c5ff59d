package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How the caller wants to be answered: JSON in the spelling that was asked for, or XML, only if asked. */
record Wire(String type, boolean isJson) {

    static final Wire FHIR_JSON = new Wire("application/fhir+json", true);
    private static final Set<String> JSON =
            Set.of("application/fhir+json", "application/json+fhir", "application/json");
    private static final Set<String> XML =
            Set.of("application/fhir+xml", "application/xml+fhir", "application/xml", "text/xml");

    String contentType() {
        return type + ";charset=UTF-8";
    }

    static Wire of(HttpServletRequest request) {
        String format = format(request.getQueryString());
        String asked = format != null ? format : request.getHeader(HttpHeaders.ACCEPT);
        if (asked == null || asked.isBlank()) {
            return FHIR_JSON;
        }
        for (String part : asked.split(",")) {
            String type = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (JSON.contains(type)) {
                return new Wire(type, true);
            }
            if (type.equals("json") || type.equals("*/*") || type.equals("application/*")) {
                return FHIR_JSON;
            }
            if (XML.contains(type) || type.equals("xml")) {
                return new Wire(type.equals("xml") ? "application/fhir+xml" : type, false);
            }
        }
        throw new FhirRefusal(406, "not-supported", "The hub writes FHIR as JSON, or XML when asked, not " + asked);
    }

    private static @Nullable String format(@Nullable String query) {
        if (query == null || !query.contains("_format=")) {
            return null;
        }
        return QueryString.parse(query).single("_format");
    }

    /** Whether the caller takes an answer in this Content-Encoding (RFC 9110 §12.5.3). */
    static boolean accepts(HttpServletRequest request, String encoding) {
        String header = request.getHeader("Accept-Encoding");
        if (header == null) {
            return false;
        }
        for (String part : header.split(",")) {
            String[] codingAndWeight = part.strip().split(";", 2);
            if (codingAndWeight[0].strip().equalsIgnoreCase(encoding)) {
                return codingAndWeight.length == 1
                        || !codingAndWeight[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
