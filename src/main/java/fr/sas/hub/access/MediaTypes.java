package fr.sas.hub.access;

import fr.sas.hub.fhir.FhirMediaTypes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The media types that headers name; what cannot be parsed names none. */
public final class MediaTypes {

    private MediaTypes() {}

    /** What the caller accepts, in the order sent, weights included (RFC 9110 §12.5.1). */
    public static List<MediaType> accepted(HttpServletRequest request) {
        return listed(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    /** Whether the caller accepts the type under its own name: wildcards do not count. */
    static boolean acceptsByName(HttpServletRequest request, MediaType type) {
        return accepted(request).stream()
                .anyMatch(each -> each.getQualityValue() > 0 && each.equalsTypeAndSubtype(type));
    }

    /** Whether the caller prefers no other type to this one; of two equals the earlier counts. */
    public static boolean prefers(HttpServletRequest request, MediaType type) {
        return accepted(request).stream()
                .filter(each -> each.getQualityValue() > 0)
                .max(Comparator.comparingDouble(MediaType::getQualityValue))
                .filter(type::equalsTypeAndSubtype)
                .isPresent();
    }

    /** Of all values of a header that lists them; {@code json} and {@code xml} stand for those of FHIR. */
    public static List<MediaType> listed(Collection<String> values) {
        return values.stream()
                .flatMap(value -> MimeTypeUtils.tokenize(value).stream())
                .flatMap(MediaTypes::spelledOut)
                .toList();
    }

    private static Stream<MediaType> spelledOut(String text) {
        return switch (text.strip()) {
            case "json" -> one(FhirMediaTypes.JSON).stream();
            case "xml" -> one(FhirMediaTypes.XML).stream();
            default -> one(text).stream();
        };
    }

    /** Of a Content-Type. */
    public static Optional<MediaType> one(String value) {
        try {
            return Optional.of(MediaType.parseMediaType(value));
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    /** XML of FHIR or of anything else (RFC 7303 §4.2). */
    public static boolean isXml(MediaType type) {
        return FhirMediaTypes.ALL_XML.contains(name(type)) || "xml".equals(type.getSubtypeSuffix());
    }

    /** Without parameters, in lower case. */
    public static String name(MediaType type) {
        return type.getType() + "/" + type.getSubtype();
    }
}
