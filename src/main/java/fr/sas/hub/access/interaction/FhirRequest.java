package fr.sas.hub.access.interaction;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MediaTypes;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * A request under {@code /fhir}.
 *
 * @param path the segments after {@code /fhir}; empty for the base itself
 * @param query the raw query string; null when there is none
 * @param headers by lower-case name, the first value of each
 * @param body not yet read; the reader must bound it
 * @param base the address of {@code /fhir} as the caller sees it, without a trailing slash
 */
public record FhirRequest(
        String method,
        List<String> path,
        @Nullable String query,
        Map<String, String> headers,
        InputStream body,
        Caller caller,
        String base) {
    public FhirRequest {
        path = List.copyOf(path);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** For bodies that are read as sent. @throws FhirRefusal 415 when the body is compressed (RFC 9110 §8.4) */
    public void refuseContentCoding() {
        String coding = contentCoding();
        if (!coding.isEmpty()) {
            throw new FhirRefusal(415, "not-supported", "The body must be sent uncompressed here, not as " + coding);
        }
    }

    /** For bodies that are read as JSON. @throws FhirRefusal 415 when the body says that it is XML */
    public void refuseXml(String message) {
        if (contentType().filter(MediaTypes::isXml).isPresent()) {
            throw new FhirRefusal(415, "not-supported", message);
        }
    }

    /** Empty when none is named, or what is named is none. */
    public Optional<MediaType> contentType() {
        return header(HttpHeaders.CONTENT_TYPE).flatMap(MediaTypes::one);
    }

    /** In lower case; empty when the body is not encoded. */
    public String contentCoding() {
        String coding = header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        return coding.equals("identity") ? "" : coding;
    }

    /** Whether the path has exactly these segments; {@code *} matches any one. */
    public boolean isAt(String... segments) {
        if (segments.length != path.size()) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].equals("*") && !segments[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
