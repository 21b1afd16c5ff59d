package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirInstants;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slots of one request that the FHIR parser could read. Most resemble each other: a Slot that differs from one of them
 * only in its id, times, comment and schedule, with values that any FHIR parser accepts, is readable too.
 */
final class ReadableSlots {

    private static final int MOST = 1_000;
    private static final int WITH_OFFSET = "2026-06-12T16:40:00+02:00".length();
    private static final int WITH_MILLISECONDS = "2026-06-12T16:40:00.000+02:00".length();

    private final Set<ObjectNode> shapes = new HashSet<>();

    boolean contain(ObjectNode slot) {
        ObjectNode shape = shape(slot);
        return shape != null && shapes.contains(shape);
    }

    void add(ObjectNode slot) {
        ObjectNode shape = shapes.size() < MOST ? shape(slot) : null;
        if (shape != null) {
            shapes.add(shape);
        }
    }

    /** Everything else, which must be equal; null if a primitive value has a companion such as {@code _start}. */
    private static @Nullable ObjectNode shape(ObjectNode slot) {
        ObjectNode shape = PushJson.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> element : slot.properties()) {
            JsonNode value = element.getValue();
            switch (element.getKey()) {
                case "id" -> keepUnless(ResourceAddress.isId(textOf(value)), shape, element);
                case "start", "end" -> keepUnless(isInstant(value), shape, element);
                case "comment" -> keepUnless(!textOf(value).isBlank(), shape, element);
                case "schedule" -> shape.set("schedule", without("reference", value));
                case "meta" ->
                    shape.set("meta", isInstant(value.path("lastUpdated")) ? without("lastUpdated", value) : value);
                default -> {
                    if (element.getKey().startsWith("_")) {
                        return null;
                    }
                    shape.set(element.getKey(), value);
                }
            }
        }
        return shape;
    }

    private static void keepUnless(boolean plain, ObjectNode shape, Map.Entry<String, JsonNode> element) {
        if (!plain) {
            shape.set(element.getKey(), element.getValue());
        }
    }

    private static JsonNode without(String element, JsonNode of) {
        if (!(of instanceof ObjectNode object)
                || object.has("_" + element)
                || textOf(object.path(element)).isBlank()) {
            return of;
        }
        ObjectNode rest = PushJson.MAPPER.createObjectNode();
        rest.setAll(object);
        rest.remove(element);
        return rest;
    }

    private static String textOf(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }

    /** To the second or the millisecond, with an offset in hours and minutes: narrower than what FHIR allows. */
    private static boolean isInstant(JsonNode value) {
        String text = textOf(value);
        int length = text.length();
        if (length != WITH_OFFSET && length != WITH_MILLISECONDS || text.charAt(length - 3) != ':') {
            return false;
        }
        FhirInstants.WrittenInstant written = FhirInstants.read(text);
        return written != null && written.offset() != null && written.local().getYear() > 0;
    }
}
