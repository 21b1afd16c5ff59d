package fr.sas.hub.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.fhir.SubscriptionsBackport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a new Subscription must be: whatever the hub would not do exactly as stated is refused, with its element and the rule. */
final class SubscriptionRules {

    private static final Set<String> ELEMENTS = Set.of(
            "resourceType",
            "id",
            "meta",
            "language",
            "text",
            "contained",
            "extension",
            "status",
            "contact",
            "end",
            "reason",
            "criteria",
            "error",
            "channel");
    private static final Set<String> OF_CHANNEL = Set.of("id", "extension", "type", "endpoint", "payload", "header");
    private static final Set<String> MEANING = Set.of("implicitRules", "modifierExtension");
    private static final Set<String> PAYLOADS = Set.of(FhirMediaTypes.JSON, "application/json");
    /** RFC 9110, 5.5 and 5.6.2; without the headers that concern the connection. */
    private static final String HEADER =
            "(?i)(?!(?:host|connection|content-length|content-type|expect|upgrade|transfer-encoding):)"
                    + "[!#$%&'*+.^_`|~0-9a-z-]{1,100}:[\\t\\x20-\\x7e]{0,2000}";

    private final ObjectNode json;
    private final SubscriptionDocument document;

    SubscriptionRules(ObjectNode json, SubscriptionDocument document) {
        this.json = json;
        this.document = document;
    }

    /** @throws FhirRefusal 422 with the first rule that is broken */
    void check(SubscriptionSettings settings) {
        shape();
        if (!Set.of("requested", "").contains(json.path("status").asText())) {
            throw wrong("status", "A new Subscription has the status requested; the hub sets the others");
        }
        if (!json.path("criteria").asText().equals(SubscriptionDocument.TOPIC)) {
            throw wrong("criteria", "The hub's only topic is " + SubscriptionDocument.TOPIC);
        }
        if (!json.at("/channel/type").asText().equals("rest-hook")) {
            throw wrong("channel.type", "The hub notifies by rest-hook only");
        }
        if (!PAYLOADS.contains(json.at("/channel/payload").asText(FhirMediaTypes.JSON))) {
            throw wrong("channel.payload", "The hub sends " + FhirMediaTypes.JSON);
        }
        if (!settings.allows(document.endpoint())) {
            throw wrong(
                    "channel.endpoint",
                    "The hub may not send to this address unless its operator allows it in hub.subscription.receivers");
        }
        document.headers().filter(header -> !header.matches(HEADER)).findFirst().ifPresent(header -> {
            throw wrong("channel.header", "Each header must be a name and a value, and none that HTTP itself uses");
        });
        extensions();
        document.content();
        document.subjects();
        Instant end = document.endsAt();
        if (end != null && !InstantParameter.isStorable(end)) {
            throw wrong("end", "Must be from the year 1900 to the year 2999");
        }
    }

    /** As FHIR R4 defines it; what is unknown here could be a filter with a slip of the pen. */
    private void shape() {
        String unstorable = StorableJson.firstUnstorable(json);
        if (unstorable != null) {
            throw wrongAt(unstorable, "Contains a character that cannot be stored");
        }
        known(json, ELEMENTS, "");
        if (json.path("channel") instanceof ObjectNode channel) {
            known(channel, OF_CHANNEL, "channel.");
        }
        List<String> misshapen = new ArrayList<>();
        FhirShapes.straighten(json.deepCopy(), (path, empty) -> misshapen.add(path));
        if (!misshapen.isEmpty()) {
            throw wrongAt(misshapen.getFirst(), "Is empty, or not of the type that FHIR R4 defines");
        }
    }

    private static void known(ObjectNode object, Set<String> elements, String path) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (MEANING.contains(name)) {
                throw wrong(path + name, "The hub knows none");
            }
            boolean besideAValue = name.startsWith("_");
            if (!elements.contains(besideAValue ? name.substring(1) : name)) {
                throw wrong(path + name, "Is not an element of a Subscription in FHIR R4");
            }
            if (besideAValue && !name.equals("_header") && !field.getValue().isObject()) {
                throw wrong(path + name, "Must be an object");
            }
        }
    }

    private void extensions() {
        extensions(json.path("_criteria"), "criteria", Set.of(SubscriptionsBackport.FILTER_CRITERIA));
        extensions(json.at("/channel/_payload"), "channel.payload", Set.of(SubscriptionsBackport.PAYLOAD_CONTENT));
        extensions(
                json.path("channel"),
                "channel",
                Set.of(SubscriptionsBackport.HEARTBEAT_PERIOD, SubscriptionsBackport.MAX_COUNT));
        number(SubscriptionsBackport.HEARTBEAT_PERIOD);
        number(SubscriptionsBackport.MAX_COUNT);
    }

    private static void extensions(JsonNode of, String element, Set<String> known) {
        JsonNode extensions = of.path("extension");
        if (!extensions.isMissingNode() && !extensions.isArray()) {
            throw wrong(element + ".extension", "Must be a list");
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode extension : extensions) {
            String url = extension.path("url").asText();
            if (!known.contains(url)) {
                throw wrong(element + ".extension", "The hub obeys none here but " + String.join(" and ", known));
            } else if (!seen.add(url)) {
                throw wrong(element + ".extension", url + " may be given only once");
            }
        }
    }

    private void number(String url) {
        if (SubscriptionDocument.extension(json.path("channel"), url).isPresent() && document.number(url) == null) {
            throw wrong("channel.extension", url + " must be a whole number from 1 to " + Integer.MAX_VALUE);
        }
    }

    private static FhirRefusal wrongAt(String path, String rule) {
        return new FhirRefusal(422, "structure", rule, "Subscription" + path);
    }

    static FhirRefusal wrong(String element, String rule) {
        return new FhirRefusal(422, "value", rule, "Subscription." + element);
    }
}
