package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The format the caller wants: JSON, under the media type requested, or XML, only if requested. */
record Wire(String type, boolean isJson) {

    static final Wire FHIR_JSON = new Wire("application/fhir+json", true);
    private static final Wire FHIR_XML = new Wire("application/fhir+xml", false);
    private static final Set<String> JSON =
            Set.of("application/fhir+json", "application/json+fhir", "application/json");
    private static final Set<String> XML =
            Set.of("application/fhir+xml", "application/xml+fhir", "application/xml", "text/xml");

    String contentType() {
        return type + ";charset=UTF-8";
    }

    static Wire of(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && query.contains("_format=")
                ? of(request, QueryString.parse(query))
                : accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    /** {@code _format} takes precedence over the header, wherever it was sent. */
    static Wire of(HttpServletRequest request, QueryString parameters) {
        String format = parameters.single("_format");
        return format == null || format.isBlank()
                ? accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
                : formatted(format.strip().toLowerCase(Locale.ROOT).replace(' ', '+'));
    }

    private static Wire formatted(String format) {
        return switch (format) {
            case "json" -> FHIR_JSON;
            case "xml" -> FHIR_XML;
            default -> accepted(List.of(format));
        };
    }

    /** The type the caller prefers among those it accepts; the earlier of two equals (RFC 9110 §12.5.1). */
    private static Wire accepted(List<String> headers) {
        Wire best = null;
        double weight = 0;
        boolean any = false;
        Set<Wire> refused = new HashSet<>();
        List<MediaType> types = mediaTypes(headers);
        for (MediaType type : types) {
            if (type.getQualityValue() == 0) {
                refused.add(wire(type));
            }
        }
        for (MediaType type : types) {
            any = true;
            Wire wire = wire(type);
            if (type.isWildcardType()
                    || (type.isWildcardSubtype() && type.getType().equals("application"))) {
                wire = refused.contains(FHIR_JSON) ? FHIR_XML : FHIR_JSON;
            }
            if (wire != null && !refused.contains(wire) && type.getQualityValue() > weight) {
                best = wire;
                weight = type.getQualityValue();
            }
        }
        if (best != null) {
            return best;
        }
        if (!any && headers.stream().allMatch(String::isBlank)) {
            return FHIR_JSON;
        }
        throw new FhirRefusal(
                406,
                "not-supported",
                "The hub writes FHIR as JSON, or as XML on request, not as " + String.join(", ", headers));
    }

    /** The media types that can be parsed; {@code json} and {@code xml} are read as what they mean. */
    private static List<MediaType> mediaTypes(List<String> headers) {
        List<MediaType> types = new ArrayList<>();
        for (String header : headers) {
            for (String text : MimeTypeUtils.tokenize(header)) {
                try {
                    String type = text.strip();
                    types.add(MediaType.parseMediaType(
                            type.equals("json") || type.equals("xml") ? "application/fhir+" + type : type));
                } catch (InvalidMediaTypeException e) {
                    // not a usable media type
                }
            }
        }
        return types;
    }

    /** Null for a type that the hub does not write; a wildcard is not one. */
    private static @Nullable Wire wire(MediaType type) {
        String name = type.getType() + "/" + type.getSubtype();
        return JSON.contains(name) ? new Wire(name, true) : XML.contains(name) ? new Wire(name, false) : null;
    }

    /** Whether the caller accepts an answer in this Content-Encoding (RFC 9110 §12.5.3), by name or by {@code *}. */
    static boolean accepts(HttpServletRequest request, String encoding) {
        String header = request.getHeader("Accept-Encoding");
        if (header == null) {
            return false;
        }
        List<AcceptEncoding> taken = codings(header);
        // the parser drops codings of weight 0: one that is named and refused is not covered by the asterisk
        return taken.stream().anyMatch(coding -> coding.getEncoding().equalsIgnoreCase(encoding))
                || taken.stream().anyMatch(coding -> coding.getEncoding().equals("*"))
                        && !header.toLowerCase(Locale.ROOT).contains(encoding);
    }

    private static List<AcceptEncoding> codings(String header) {
        try {
            return AcceptEncoding.parse(new StringReader(header));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a string never fails", e);
        }
    }
}
