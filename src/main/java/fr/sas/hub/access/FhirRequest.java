package fr.sas.hub.access;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request under {@code /fhir}.
 *
 * @param path what follows {@code /fhir}, in segments; empty for the base itself
 * @param query the raw query string; null when there is none
 * @param headers by name in small letters, the first value of each
 * @param body still to be read, and bounded by whoever reads it
 * @param base the address of {@code /fhir} as the caller sees it, without a slash at the end
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

    /** For bodies that are taken as they come. @throws FhirRefusal 415 when it is compressed (RFC 9110 §8.4) */
    public void refuseContentCoding() {
        String coding = contentCoding();
        if (!coding.isEmpty()) {
            throw new FhirRefusal(415, "not-supported", "The body is taken uncompressed here, not as " + coding);
        }
    }

    /** In small letters; empty when the body comes as it is. */
    public String contentCoding() {
        String coding = header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        return coding.equals("identity") ? "" : coding;
    }

    /** Whether the path has exactly these segments; {@code *} stands for any one. */
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
