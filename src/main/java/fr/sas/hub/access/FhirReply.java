package fr.sas.hub.access;

import java.util.Map;

/**
 * @param headers such as {@code Location} and {@code ETag}
 * @param json a FHIR resource as JSON, UTF-8; empty when there is no content (204)
 */
public record FhirReply(int status, Map<String, String> headers, byte[] json) {
    public FhirReply {
        headers = Map.copyOf(headers);
    }
}
