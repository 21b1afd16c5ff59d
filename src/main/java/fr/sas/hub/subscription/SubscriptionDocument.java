package fr.sas.hub.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.SubscriptionsBackport;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A Subscription as a client wrote it, and what the hub understands of it. */
final class SubscriptionDocument {

    static final String TOPIC = FhirVocabulary.HUB + "SubscriptionTopic/slots-changed";

    private static final JsonMapper JSON = BoundedJson.mapper().build();
    private static final String PRACTITIONERS = "schedule.actor:Practitioner.identifier";
    private static final String STRUCTURES = "schedule.actor:Location.organization.identifier";
    private static final Set<String> PAYLOADS = Set.of(FhirMediaTypes.JSON, "application/json");
    private static final int MOST_SUBJECTS = 1_000;
    /** RFC 9110, 5.5 and 5.6.2; without the headers that concern the connection. */
    private static final String HEADER =
            "(?i)(?!(?:host|connection|content-length|content-type|expect|upgrade|transfer-encoding):)"
                    + "[!#$%&'*+.^_`|~0-9a-z-]{1,100}:[\\t\\x20-\\x7e]{0,2000}";

    private final ObjectNode json;

    private SubscriptionDocument(ObjectNode json) {
        this.json = json;
    }

    /** Reads what a client sent, and refuses anything that the hub would not do exactly as stated. */
    static SubscriptionDocument received(byte[] body, SubscriptionSettings settings) {
        SubscriptionDocument document = new SubscriptionDocument(parsed(body));
        document.check(settings);
        return document;
    }

    static SubscriptionDocument stored(String json) {
        return new SubscriptionDocument(parsed(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode parsed(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object
                    && object.path("resourceType").asText().equals("Subscription")) {
                return object;
            }
        } catch (IOException e) {
            throw new FhirRefusal(400, "structure", "The body is not JSON");
        }
        throw new FhirRefusal(400, "structure", "The body is not a Subscription in JSON");
    }

    private void check(SubscriptionSettings settings) {
        if (!Set.of("requested", "").contains(json.path("status").asText())) {
            throw wrong("status", "A new Subscription has the status requested; the hub sets the others");
        }
        if (!json.path("criteria").asText().equals(TOPIC)) {
            throw wrong("criteria", "The hub's only topic is " + TOPIC);
        }
        if (!json.at("/channel/type").asText().equals("rest-hook")) {
            throw wrong("channel.type", "The hub notifies by rest-hook only");
        }
        if (!PAYLOADS.contains(json.at("/channel/payload").asText(FhirMediaTypes.JSON))) {
            throw wrong("channel.payload", "The hub sends " + FhirMediaTypes.JSON);
        }
        if (!settings.allows(endpoint())) {
            throw wrong(
                    "channel.endpoint",
                    "The hub may not send to this address unless its operator allows it in hub.subscription.receivers");
        }
        headers().filter(header -> !header.matches(HEADER)).findFirst().ifPresent(header -> {
            throw wrong("channel.header", "Each header must be a name and a value, and none that HTTP itself uses");
        });
        content();
        subjects();
        endsAt();
        period(SubscriptionsBackport.HEARTBEAT_PERIOD);
        period(SubscriptionsBackport.MAX_COUNT);
    }

    URI endpoint() {
        try {
            URI endpoint = URI.create(json.at("/channel/endpoint").asText());
            if (endpoint.getHost() != null && endpoint.getUserInfo() == null && endpoint.getFragment() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw wrong("channel.endpoint", "Not a URL");
        }
        throw wrong("channel.endpoint", "Must be an HTTP URL, without a user or a fragment");
    }

    Stream<String> headers() {
        return StreamSupport.stream(json.at("/channel/header").spliterator(), false)
                .map(JsonNode::asText);
    }

    PayloadContent content() {
        return extension(json.at("/channel/_payload"), SubscriptionsBackport.PAYLOAD_CONTENT)
                .map(extension -> PayloadContent.of(extension.path("valueCode").asText())
                        .orElseThrow(() -> wrong(
                                "channel.payload.extension", "The content must be empty, id-only or full-resource")))
                .orElse(PayloadContent.ID_ONLY);
    }

    /** National ids; null for everybody. */
    @Nullable
    Set<String> subjects() {
        Optional<JsonNode> filter = extension(json.path("_criteria"), SubscriptionsBackport.FILTER_CRITERIA);
        if (filter.isEmpty()) {
            return null;
        }
        String text = filter.get().path("valueString").asText();
        if (!text.startsWith("Slot?")) {
            throw wrong("criteria.extension", "A filter must begin with Slot?");
        }
        Set<String> subjects = new LinkedHashSet<>();
        for (String parameter : text.substring("Slot?".length()).split("&")) {
            subjects.addAll(subjects(parameter));
        }
        if (subjects.size() > MOST_SUBJECTS) {
            throw wrong("criteria.extension", "At most " + MOST_SUBJECTS + " identifiers");
        }
        return subjects;
    }

    private static List<String> subjects(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : decoded(parameter.substring(0, equals));
        boolean practitioners = name.equals(PRACTITIONERS);
        if (!practitioners && !name.equals(STRUCTURES)) {
            throw wrong("criteria.extension", "The filters are " + PRACTITIONERS + " and " + STRUCTURES);
        }
        String system = practitioners ? PractitionerId.SYSTEM : StructureId.SYSTEM;
        return Stream.of(decoded(parameter.substring(equals + 1)).split(","))
                .map(token -> {
                    String code = token.startsWith(system + "|") ? token.substring(system.length() + 1) : token;
                    Optional<? extends Subject> subject =
                            practitioners ? PractitionerId.parse(code) : StructureId.parse(code);
                    return subject.map(Subject::value)
                            .orElseThrow(() -> wrong("criteria.extension", "Not an identifier of " + system));
                })
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("criteria.extension", "The filter is not percent-encoded correctly");
        }
    }

    @Nullable
    Instant endsAt() {
        String end = json.path("end").asText();
        try {
            return end.isEmpty() ? null : OffsetDateTime.parse(end).toInstant();
        } catch (DateTimeException e) {
            throw wrong("end", "Not an instant with an offset");
        }
    }

    /** In seconds; null for none. */
    @Nullable
    Integer heartbeat() {
        return period(SubscriptionsBackport.HEARTBEAT_PERIOD);
    }

    /** Maximum number of changes in one notification; null for the hub's own. */
    @Nullable
    Integer maxCount() {
        return period(SubscriptionsBackport.MAX_COUNT);
    }

    private @Nullable Integer period(String url) {
        Optional<JsonNode> extension = extension(json.path("channel"), url);
        if (extension.isEmpty()) {
            return null;
        }
        for (String type : List.of("valueUnsignedInt", "valuePositiveInt", "valueInteger")) {
            int value = extension.get().path(type).asInt();
            if (value > 0) {
                return value;
            }
        }
        throw wrong("channel.extension", url + " must be a positive number");
    }

    private static Optional<JsonNode> extension(JsonNode of, String url) {
        return StreamSupport.stream(of.path("extension").spliterator(), false)
                .filter(extension -> extension.path("url").asText().equals(url))
                .findFirst();
    }

    /** As stored. */
    String written() {
        return json.toString();
    }

    /** As clients read it back: without headers, which may hold a secret. */
    ObjectNode shown(SubscriptionRow row) {
        ObjectNode shown = json.deepCopy();
        shown.put("id", row.id().toString());
        shown.withObject("/meta").putArray("profile").add(SubscriptionsBackport.SUBSCRIPTION);
        shown.put("status", row.status().code());
        if (row.trouble() == null) {
            shown.remove("error");
        } else {
            shown.put("error", row.trouble());
        }
        if (shown.path("channel") instanceof ObjectNode channel) {
            channel.remove("header");
        }
        return shown;
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Writing a tree never fails", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static FhirRefusal wrong(String element, String rule) {
        return new FhirRefusal(422, "value", rule, "Subscription." + element);
    }
}
