package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Suppliers;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.MediaTypes;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.slot.UrlText;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads requests: what the vendor wants done, or why the request cannot be understood. */
@Component
class PushRequests {

    private final PushSettings settings;
    private final Clock clock;

    PushRequests(PushSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param entries those that were understood
     * @param refused those of a batch that were not, by position among all entries; in a transaction the first one is
     *     thrown
     * @param atomic whether all entries are written or none
     */
    record Read(List<WriteRequest> entries, Map<Integer, FhirRefusal> refused, boolean atomic) {

        /** The results of all entries, in the order they were sent. @param done the results of {@code entries} */
        List<WriteResult> results(WriteResult[] done) {
            List<WriteResult> all = new ArrayList<>(done.length + refused.size());
            int next = 0;
            for (int i = 0; i < done.length + refused.size(); i++) {
                FhirRefusal refusal = refused.get(i);
                all.add(refusal == null ? done[next++] : new WriteResult.Refused(refusal));
            }
            return all;
        }
    }

    /** A single request: {@code POST /Slot}, {@code PUT /Slot/1}, {@code DELETE /Slot?identifier=a|b}… */
    WriteRequest single(FhirRequest request, byte[] body) {
        String type = request.path().getFirst();
        String id = request.path().size() == 2 ? id(request.path().get(1)) : null;
        WriteRequest.Verb verb = verb(request.method());
        boolean resource = verb == WriteRequest.Verb.CREATE || verb == WriteRequest.Verb.UPDATE;
        if (resource) {
            refuseXml(request);
        } else if (verb == WriteRequest.Verb.PATCH
                && !isJsonPatch(request.header("Content-Type").orElse(""))) {
            throw new FhirRefusal(
                    415, "not-supported", "A patch must be a JSON Patch: Content-Type " + FhirMediaTypes.JSON_PATCH);
        }
        String query = request.query();
        boolean conditional = id == null && verb != WriteRequest.Verb.CREATE;
        return new WriteRequest(
                "",
                verb,
                type,
                id,
                conditional ? condition(type, query) : null,
                resource ? resource(type, id, tree(body)) : null,
                verb == WriteRequest.Verb.PATCH ? tree(body) : null,
                request.header("If-Match").map(EntityTag::anyOf).orElse(null),
                request.header("If-None-Match").orElse("").equals("*"),
                request.header("If-None-Exist")
                        .map(text -> condition(type, text))
                        .orElse(null),
                null,
                null,
                !StorableJson.mayBeUnstorable(body),
                verb == WriteRequest.Verb.CREATE ? type + ResourceContent.digest(body) : "");
    }

    Read bundle(FhirRequest request, byte[] body) {
        refuseXml(request);
        JsonNode bundle = tree(body);
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            throw new FhirRefusal(400, "structure", "A Bundle is expected", "Bundle");
        }
        if (bundle.has("implicitRules")) {
            throw new FhirRefusal(422, "not-supported", "Implicit rules are not supported", "Bundle.implicitRules");
        }
        String kind = bundle.path("type").asText();
        if (!kind.equals("transaction") && !kind.equals("batch")) {
            throw new FhirRefusal(400, "value", "transaction or batch is expected, not " + kind, "Bundle.type");
        }
        JsonNode entries = bundle.path("entry");
        if (!entries.isMissingNode() && !entries.isArray()) {
            throw new FhirRefusal(400, "structure", "A list of entries is expected", "Bundle.entry");
        }
        if (entries.size() > settings.maxEntries()) {
            throw new FhirRefusal(
                    413,
                    "too-costly",
                    "A Bundle may have at most " + settings.maxEntries() + " entries, not " + entries.size(),
                    "Bundle.entry");
        }
        Instant saidAt = saidAt(bundle);
        Supplier<UUID> digest = Suppliers.memoize(() -> ResourceContent.digest(body));
        boolean atomic = kind.equals("transaction");
        boolean storable = !StorableJson.mayBeUnstorable(body);
        List<WriteRequest> asked = new ArrayList<>(entries.size());
        Map<Integer, FhirRefusal> refused = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                String path = "Bundle.entry[" + i + "]";
                String position = "#" + i;
                asked.add(entry(entries.get(i), path, request.base(), saidAt, storable, () -> digest.get() + position));
            } catch (FhirRefusal refusal) {
                if (atomic) {
                    throw refusal;
                }
                refused.put(i, refusal);
            }
        }
        return new Read(asked, refused, atomic);
    }

    private @Nullable Instant saidAt(JsonNode bundle) {
        JsonNode timestamp = bundle.path("timestamp");
        Instant said = ResourceContent.instant(timestamp);
        if (!timestamp.isMissingNode() && said == null) {
            throw new FhirRefusal(
                    400, "value", "An instant with an offset is expected, not " + timestamp, "Bundle.timestamp");
        }
        if (said != null && ResourceRules.isInTheFuture(said, clock.instant())) {
            throw new FhirRefusal(
                    422, "business-rule", ResourceRules.inTheFuture(said, clock.instant()), "Bundle.timestamp");
        }
        return said == null ? null : said.truncatedTo(ChronoUnit.MICROS);
    }

    private static WriteRequest entry(
            JsonNode entry,
            String path,
            String base,
            @Nullable Instant saidAt,
            boolean storable,
            Supplier<String> seed) {
        JsonNode asked = entry.path("request");
        refuseModifiers(entry, path);
        refuseModifiers(asked, path + ".request");
        refuseLong(asked.path("url"), path + ".request.url");
        refuseLong(asked.path("ifNoneExist"), path + ".request.ifNoneExist");
        refuseLong(entry.path("fullUrl"), path + ".fullUrl");
        String method = asked.path("method").asText("");
        String url = relative(asked.path("url").asText(""), base);
        if (method.isEmpty() || url.isEmpty()) {
            throw new FhirRefusal(400, "required", "An entry needs a method and a url", path + ".request");
        }
        int query = url.indexOf('?');
        String[] segments = (query < 0 ? url : url.substring(0, query)).split("/");
        if (segments.length > 2 || !ResourceRules.TYPES.contains(segments[0])) {
            throw new FhirRefusal(
                    400,
                    "not-supported",
                    "Not the address of a resource that vendors can deliver: " + url + "; they can deliver "
                            + ResourceRules.TYPES.stream().sorted().toList(),
                    path + ".request.url");
        }
        try {
            return entry(entry, path, segments, query < 0 ? null : url.substring(query + 1), saidAt, storable, seed);
        } catch (FhirRefusal refusal) {
            throw refusal.expression() != null && refusal.expression().startsWith("Bundle")
                    ? refusal
                    : new FhirRefusal(
                            refusal.status(),
                            refusal.code(),
                            String.valueOf(refusal.getMessage()),
                            path
                                    + (refusal.expression() == null
                                            ? ".request"
                                            : ".resource" + refusal.expression().replaceFirst("^[A-Za-z]+", "")));
        }
    }

    private static WriteRequest entry(
            JsonNode entry,
            String path,
            String[] segments,
            @Nullable String query,
            @Nullable Instant saidAt,
            boolean storable,
            Supplier<String> seed) {
        JsonNode asked = entry.path("request");
        String type = segments[0];
        String id = segments.length == 2 ? id(segments[1]) : null;
        WriteRequest.Verb verb = verb(asked.path("method").asText());
        if (verb == WriteRequest.Verb.READ
                && id == null
                && IdentifierToken.ofQuery(type, query == null ? "" : query).isEmpty()) {
            throw new FhirRefusal(
                    400,
                    "not-supported",
                    "An entry can only read one resource, by its id or by identifier=system|value; send a search as a separate request");
        }
        if (verb == WriteRequest.Verb.CREATE && id != null) {
            throw new FhirRefusal(400, "invalid", "A POST that creates a resource has no id in its address");
        }
        boolean resource = verb == WriteRequest.Verb.CREATE || verb == WriteRequest.Verb.UPDATE;
        String fullUrl = entry.path("fullUrl").asText("");
        return new WriteRequest(
                path,
                verb,
                type,
                id,
                id == null && verb != WriteRequest.Verb.CREATE ? condition(type, query) : null,
                resource ? resource(type, id, entry.path("resource")) : null,
                verb == WriteRequest.Verb.PATCH ? patch(entry.path("resource")) : null,
                asked.path("ifMatch").isTextual()
                        ? EntityTag.anyOf(asked.path("ifMatch").textValue())
                        : null,
                asked.path("ifNoneMatch").asText("").equals("*"),
                asked.path("ifNoneExist").isTextual()
                        ? condition(type, asked.path("ifNoneExist").textValue())
                        : null,
                fullUrl.isBlank() ? null : fullUrl,
                saidAt,
                storable,
                verb == WriteRequest.Verb.CREATE ? type + seed.get() : "");
    }

    private static boolean isJsonPatch(String type) {
        return MediaTypes.one(type)
                .map(MediaTypes::name)
                .filter(FhirMediaTypes.JSON_PATCH::equals)
                .isPresent();
    }

    private static JsonNode patch(JsonNode binary) {
        if (!binary.path("resourceType").asText().equals("Binary")
                || !isJsonPatch(binary.path("contentType").asText())) {
            throw new FhirRefusal(
                    400,
                    "not-supported",
                    "A patch in a Bundle must be a Binary with contentType " + FhirMediaTypes.JSON_PATCH,
                    "Binary");
        }
        try {
            return tree(Base64.getMimeDecoder().decode(binary.path("data").asText("")));
        } catch (IllegalArgumentException e) {
            throw new FhirRefusal(400, "value", "Not base64", "Binary.data");
        }
    }

    private static ObjectNode resource(String type, @Nullable String id, JsonNode tree) {
        if (!(tree instanceof ObjectNode resource)) {
            throw new FhirRefusal(400, "required", "A resource is expected", type);
        }
        String is = resource.path("resourceType").asText("");
        if (!is.equals(type)) {
            throw new FhirRefusal(
                    400,
                    "structure",
                    "A " + type + " is expected" + (is.isEmpty() ? ", but resourceType is missing" : ", not " + is),
                    type);
        }
        String said = resource.path("id").asText("");
        if (id != null && !said.isEmpty() && !said.equals(id)) {
            throw new FhirRefusal(
                    400,
                    "invalid",
                    "The id in the resource is " + said + ", but " + id + " in its address",
                    type + ".id");
        }
        return resource;
    }

    /** A modifier extension may turn the request into its opposite (docs/decisions/0033). */
    private static void refuseModifiers(JsonNode element, String path) {
        if (element.has("modifierExtension")) {
            throw new FhirRefusal(
                    422, "extension", "Modifier extensions are not supported here", path + ".modifierExtension");
        }
    }

    private static void refuseLong(JsonNode address, String path) {
        if (UrlText.isTooLong(address.asText(""))) {
            throw new FhirRefusal(
                    400, "too-long", "An address may have at most " + UrlText.LONGEST + " characters", path);
        }
    }

    private static String relative(String url, String base) {
        String path = url.startsWith(base + "/") ? url.substring(base.length()) : url;
        return UrlText.withoutSlashesAround(path);
    }

    private static String id(String text) {
        if (!ResourceAddress.isId(text)) {
            throw new FhirRefusal(400, "value", ResourceAddress.RULE);
        }
        return text;
    }

    private static IdentifierToken condition(String type, @Nullable String query) {
        String plain = query == null ? "" : query.substring(query.indexOf('?') + 1);
        if (IdentifierToken.decoded(plain) == null) {
            throw new FhirRefusal(400, "invalid", "The query is not percent-encoded correctly: " + query);
        }
        IdentifierToken token = IdentifierToken.ofQuery(type, plain)
                .orElseThrow(() -> new FhirRefusal(
                        412,
                        "incomplete",
                        "A condition must be identifier=system|value and nothing else, not " + query));
        if (token.isTooLong()) {
            throw new FhirRefusal(400, "too-long", IdentifierToken.RULE);
        }
        return token;
    }

    private static WriteRequest.Verb verb(String method) {
        return switch (method) {
            case "POST" -> WriteRequest.Verb.CREATE;
            case "PUT" -> WriteRequest.Verb.UPDATE;
            case "PATCH" -> WriteRequest.Verb.PATCH;
            case "DELETE" -> WriteRequest.Verb.DELETE;
            case "GET", "HEAD" -> WriteRequest.Verb.READ;
            default -> throw new FhirRefusal(405, "not-supported", "Unsupported method: " + method);
        };
    }

    private static void refuseXml(FhirRequest request) {
        request.refuseXml("Resources must be sent as JSON: " + FhirMediaTypes.JSON);
    }

    static JsonNode tree(byte[] body) {
        try {
            return Optional.ofNullable(PushJson.MAPPER.readTree(body))
                    .filter(JsonNode::isContainerNode)
                    .orElseThrow(() -> new FhirRefusal(400, "structure", "The body is empty"));
        } catch (JsonProcessingException e) {
            throw new FhirRefusal(
                    400,
                    "structure",
                    "Not JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : " at line " + e.getLocation().getLineNr() + ", column "
                                            + e.getLocation().getColumnNr())
                            + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new FhirRefusal(400, "structure", "Not UTF-8 text");
        }
    }
}
