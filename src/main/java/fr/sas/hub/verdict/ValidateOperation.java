package fr.sas.hub.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.asking.VendorProbes;
import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.slot.Source;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code POST /fhir/$validate} and {@code /fhir/[type]/$validate}, with the resource itself or with Parameters that
 * contain it (http://hl7.org/fhir/R4/resource-operation-validate.html). Nothing is stored.
 */
@Component
class ValidateOperation implements FhirInteraction {

    private static final String NAME = "$validate";
    private static final int MOST_BYTES = 8 << 20;
    /** Profiles are expensive: others wait for their turn, but not forever. */
    private static final int AT_ONCE = 2;

    private final Validation validation;
    private final VendorProbes vendors;
    private final Semaphore seats = new Semaphore(AT_ONCE);

    ValidateOperation(Validation validation, VendorProbes vendors) {
        this.validation = validation;
        this.vendors = vendors;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return request.isAt(NAME) || request.isAt("*", NAME);
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.values());
    }

    @Override
    public FhirReply answer(FhirRequest request) throws IOException {
        if (!request.method().equals("POST")) {
            throw new FhirRefusal(405, "not-supported", NAME + " must be called with POST");
        }
        JsonNode body = body(request);
        ObjectNode resource = resource(body);
        String type = resource.path("resourceType").asText("");
        if (type.isEmpty()) {
            throw new FhirRefusal(400, "structure", "The resource has no resourceType", "resourceType");
        }
        if (request.path().size() == 2 && !request.path().getFirst().equals(type)) {
            throw new FhirRefusal(
                    400,
                    "invalid",
                    "The address is for " + request.path().getFirst() + " but the resource is a " + type);
        }
        if (!seats.tryAcquire()) {
            throw new FhirRefusal(429, "throttled", "Other validations are running; try again in a few seconds");
        }
        try {
            byte[] outcome = validation.outcome(
                    resource, profile(request, body), agreedWith(request.caller()), language(request));
            return new FhirReply(200, Map.of(), outcome);
        } finally {
            seats.release();
        }
    }

    /** A vendor is told what becomes of its data here, others what the guide says. */
    private Tolerances agreedWith(Caller caller) {
        Source vendor = caller.vendor();
        return vendor == null ? Tolerances.NONE : new Tolerances(vendors.quirks(vendor), vendors.isOnTrial(vendor));
    }

    private static JsonNode body(FhirRequest request) throws IOException {
        request.refuseXml(NAME + " accepts JSON");
        request.refuseContentCoding();
        byte[] bytes = request.body().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new FhirRefusal(413, "too-long", NAME + " accepts at most " + MOST_BYTES + " bytes");
        }
        try {
            return CheckRequests.JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new FhirRefusal(
                    400,
                    "structure",
                    "The body is not JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : " at line " + e.getLocation().getLineNr()) + ": " + e.getOriginalMessage());
        }
    }

    /** The body itself, or the parameter {@code resource} of Parameters. */
    private static ObjectNode resource(JsonNode body) {
        JsonNode resource = body;
        if (body.path("resourceType").asText().equals("Parameters")) {
            resource = parameter(body, "resource").path("resource");
            if (resource.isMissingNode()) {
                throw new FhirRefusal(
                        400,
                        "required",
                        "Parameters must contain the resource in a parameter named resource",
                        "Parameters.parameter");
            }
        }
        if (resource instanceof ObjectNode object) {
            return object;
        }
        throw new FhirRefusal(400, "structure", "The body must be a FHIR resource in JSON");
    }

    private static JsonNode parameter(JsonNode parameters, String name) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static @Nullable String profile(FhirRequest request, JsonNode body) {
        JsonNode given = parameter(body, "profile");
        for (String field : List.of("valueUri", "valueCanonical", "valueUrl")) {
            if (given.has(field)) {
                return given.path(field).asText();
            }
        }
        String query = request.query();
        if (query != null) {
            for (String part : query.split("&")) {
                if (part.startsWith("profile=")) {
                    return URLDecoder.decode(part.substring("profile=".length()), StandardCharsets.UTF_8);
                }
            }
        }
        return null;
    }

    private static ReportLanguage language(FhirRequest request) {
        try {
            List<Locale.LanguageRange> wanted =
                    Locale.LanguageRange.parse(request.header("Accept-Language").orElse("en"));
            Locale locale = Locale.lookup(wanted, List.of(Locale.FRENCH, Locale.ENGLISH));
            return ReportLanguage.of(locale == null ? Locale.ENGLISH : locale);
        } catch (IllegalArgumentException e) {
            return ReportLanguage.ENGLISH;
        }
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(new Capability(
                "",
                NAME,
                "Validates a resource or a Bundle against the guide's rules and the profiles; names rule, "
                        + "element and page"));
    }
}
