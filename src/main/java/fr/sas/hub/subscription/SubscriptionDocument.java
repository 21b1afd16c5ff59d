package fr.sas.hub.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
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
    private static final int MOST_SUBJECTS = 1_000;

    private final ObjectNode json;

    private SubscriptionDocument(ObjectNode json) {
        this.json = json;
    }

    /** Reads what a client sent, and refuses anything that the hub would not do exactly as stated. */
    static SubscriptionDocument received(byte[] body, SubscriptionSettings settings) {
        SubscriptionDocument document = new SubscriptionDocument(parsed(body));
        new SubscriptionRules(document.json, document).check(settings);
        return document;
    }

    /**
     * A document that can no longer be read counts as a Subscription without elements, so that it does not keep the others
     * from being read.
     */
    static SubscriptionDocument stored(String json) {
        try {
            return new SubscriptionDocument(parsed(json.getBytes(StandardCharsets.UTF_8)));
        } catch (FhirRefusal unreadable) {
            return new SubscriptionDocument(object().put("resourceType", "Subscription"));
        }
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

    URI endpoint() {
        try {
            URI endpoint = URI.create(json.at("/channel/endpoint").asText());
            if (endpoint.getHost() != null && endpoint.getUserInfo() == null && endpoint.getFragment() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw SubscriptionRules.wrong("channel.endpoint", "Not a URL");
        }
        throw SubscriptionRules.wrong("channel.endpoint", "Must be an HTTP URL, without a user or a fragment");
    }

    /** Whether its endpoint is written like this. */
    boolean isSentTo(String url) {
        return json.at("/channel/endpoint").asText().equals(url);
    }

    Stream<String> headers() {
        return StreamSupport.stream(json.at("/channel/header").spliterator(), false)
                .map(JsonNode::asText);
    }

    PayloadContent content() {
        return extension(json.at("/channel/_payload"), SubscriptionsBackport.PAYLOAD_CONTENT)
                .map(extension -> PayloadContent.of(extension.path("valueCode").asText())
                        .orElseThrow(() -> SubscriptionRules.wrong(
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
            throw SubscriptionRules.wrong("criteria.extension", "A filter must begin with Slot?");
        }
        Set<String> subjects = new LinkedHashSet<>();
        for (String parameter : text.substring("Slot?".length()).split("&")) {
            subjects.addAll(subjects(parameter));
        }
        if (subjects.size() > MOST_SUBJECTS) {
            throw SubscriptionRules.wrong("criteria.extension", "At most " + MOST_SUBJECTS + " identifiers");
        }
        return subjects;
    }

    private static List<String> subjects(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : decoded(parameter.substring(0, equals));
        boolean practitioners = name.equals(PRACTITIONERS);
        if (!practitioners && !name.equals(STRUCTURES)) {
            throw SubscriptionRules.wrong(
                    "criteria.extension", "The filters are " + PRACTITIONERS + " and " + STRUCTURES);
        }
        String system = practitioners ? PractitionerId.SYSTEM : StructureId.SYSTEM;
        return Stream.of(decoded(parameter.substring(equals + 1)).split(",", -1))
                .map(token -> {
                    String code = token.startsWith(system + "|") ? token.substring(system.length() + 1) : token;
                    Optional<? extends Subject> subject =
                            practitioners ? PractitionerId.parse(code) : StructureId.parse(code);
                    return subject.map(Subject::value)
                            .orElseThrow(() ->
                                    SubscriptionRules.wrong("criteria.extension", "Not an identifier of " + system));
                })
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SubscriptionRules.wrong("criteria.extension", "The filter is not percent-encoded correctly");
        }
    }

    @Nullable
    Instant endsAt() {
        String end = json.path("end").asText();
        try {
            return end.isEmpty() ? null : OffsetDateTime.parse(end).toInstant();
        } catch (DateTimeException e) {
            throw SubscriptionRules.wrong("end", "Not an instant with an offset");
        }
    }

    /** In seconds; null for none. */
    @Nullable
    Integer heartbeat() {
        return number(SubscriptionsBackport.HEARTBEAT_PERIOD);
    }

    /** Maximum number of changes in one notification; null for the hub's own. */
    @Nullable
    Integer maxCount() {
        return number(SubscriptionsBackport.MAX_COUNT);
    }

    /** Null for none, or not one that a Subscription may have. */
    @Nullable
    Integer number(String url) {
        return extension(json.path("channel"), url)
                .flatMap(extension -> Stream.of("valueUnsignedInt", "valuePositiveInt", "valueInteger")
                        .map(extension::path)
                        .filter(value -> value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0)
                        .map(JsonNode::intValue)
                        .findFirst())
                .orElse(null);
    }

    static Optional<JsonNode> extension(JsonNode of, String url) {
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
        ObjectNode meta = shown.path("meta") instanceof ObjectNode given ? given : shown.putObject("meta");
        meta.putArray("profile").add(SubscriptionsBackport.SUBSCRIPTION);
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
}
