package fr.sas.hub.search;

import fr.sas.hub.access.MediaTypes;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.search.parameter.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The format the caller wants: JSON, under the media type requested, or XML, only if requested. */
record WireFormat(String type, boolean isJson) {

    static final WireFormat FHIR_JSON = new WireFormat(FhirMediaTypes.JSON, true);
    private static final WireFormat FHIR_XML = new WireFormat(FhirMediaTypes.XML, false);

    String contentType() {
        return FhirMediaTypes.inUtf8(type);
    }

    static WireFormat of(HttpServletRequest request) {
        if (isOfFiles(request)) {
            return FHIR_JSON;
        }
        String query = request.getQueryString();
        return query != null && query.contains("_format=")
                ? of(request, QueryString.parse(query))
                : accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    /** Published files have their own format, whatever is accepted; errors there are JSON. */
    private static boolean isOfFiles(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null && path.startsWith("/$bulk-publish");
    }

    /** {@code _format} takes precedence over the header, wherever it was sent. */
    static WireFormat of(HttpServletRequest request, QueryString parameters) {
        String format = parameters.single("_format");
        return format == null || format.isBlank()
                ? accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
                : formatted(format.strip().toLowerCase(Locale.ROOT).replace(' ', '+'));
    }

    private static WireFormat formatted(String format) {
        return switch (format) {
            case "json" -> FHIR_JSON;
            case "xml" -> FHIR_XML;
            default -> accepted(List.of(format));
        };
    }

    /** The type the caller prefers among those it accepts; the earlier of two equals (RFC 9110 §12.5.1). */
    private static WireFormat accepted(List<String> headers) {
        WireFormat best = null;
        double weight = 0;
        boolean any = false;
        Set<WireFormat> refused = new HashSet<>();
        List<MediaType> types = MediaTypes.listed(headers);
        for (MediaType type : types) {
            if (type.getQualityValue() == 0) {
                refused.add(wire(type));
            }
        }
        for (MediaType type : types) {
            any = true;
            WireFormat wire = wire(type);
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

    /** Null for a type that the hub does not write; a wildcard is not one. */
    private static @Nullable WireFormat wire(MediaType type) {
        String name = MediaTypes.name(type);
        return FhirMediaTypes.ALL_JSON.contains(name)
                ? new WireFormat(name, true)
                : FhirMediaTypes.ALL_XML.contains(name) ? new WireFormat(name, false) : null;
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
