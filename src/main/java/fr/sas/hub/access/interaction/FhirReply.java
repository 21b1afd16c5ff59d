package fr.sas.hub.access.interaction;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param headers such as {@code Location} and {@code ETag}
 * @param json a FHIR resource as JSON, UTF-8; empty when there is no content (204)
 * @param file sent instead of {@code json}, in its own format; null for none
 */
public record FhirReply(
        int status,
        Map<String, String> headers,
        byte[] json,
        @Nullable FhirFile file) {
    public FhirReply {
        headers = Map.copyOf(headers);
    }

    public FhirReply(int status, Map<String, String> headers, byte[] json) {
        this(status, headers, json, null);
    }

    /** @param headers with a weak {@code ETag} */
    public static FhirReply of(FhirFile file, Map<String, String> headers) {
        return new FhirReply(200, headers, new byte[0], file);
    }
}
