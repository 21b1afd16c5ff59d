package fr.sas.hub.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer, or of a resource, put in the place of another.
 *
 * @param at JSON pointer
 * @param value JSON; null takes away what is there
 */
public record JsonChange(String at, @Nullable String value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What may stand in any place, right or wrong. */
    private static final List<String> ANYTHING = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"Nowhere/1\"",
            "12",
            "true",
            "false",
            "\"false\"",
            "{}",
            "[]",
            "[null]",
            "{\"a\": \"b\"}",
            "[\"x\"]",
            "[{\"a\": \"b\"}]");

    /** What changes a meaning, or could: of any object. */
    private static final Map<String, List<String>> MEANING = Map.of(
            "modifierExtension",
                    List.of("[{\"url\": \"https://vendor.example/x\", \"valueBoolean\": true}]", "[]", "\"x\""),
            "implicitRules",
                    List.of(
                            "\"https://vendor.example/r\"",
                            "\"\"",
                            "7",
                            "{\"value\": \"https://vendor.example/r\"}",
                            "[\"\", \"https://vendor.example/r\"]"),
            "active", List.of("false", "\"false\"", "true", "\"no\""),
            "use", List.of("\"old\"", "\"usual\"", "\"odd\""),
            "status", List.of("\"suspended\"", "\"busy\"", "\"active\"", "\"odd\"", "7"),
            "mode", List.of("\"kind\"", "\"instance\"", "\"odd\""),
            "period",
                    List.of(
                            "{\"end\": \"2020-01-01\"}",
                            "{\"start\": \"2030\"}",
                            "{\"end\": \"odd\"}",
                            "{\"end\": 2020}",
                            "\"2020\""),
            "extension",
                    List.of(
                            "[{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\"}]",
                            "[{\"valueString\": \"x\"}]",
                            "\"x\""),
            "identifier", List.of("{\"value\": \"1750000001\"}", "[{\"value\": \"810001234567\"}]"),
            "meta",
                    List.of(
                            "{\"tag\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActReason\", \"code\": \"HTEST\"}]}"));

    public void in(ObjectNode answer) {
        JsonPointer path = JsonPointer.compile(at);
        JsonNode parent = answer.at(path.head());
        if (parent instanceof ArrayNode array) {
            int index = path.last().getMatchingIndex();
            if (index >= 0 && index < array.size()) {
                if (value == null) {
                    array.remove(index);
                } else {
                    array.set(index, read(value));
                }
            }
        } else if (parent instanceof ObjectNode object) {
            String field = path.last().getMatchingProperty();
            if (value == null) {
                object.remove(field);
            } else {
                object.set(field, read(value));
            }
        }
    }

    /** Every change of this kind that can be made to a resource. */
    public static List<JsonChange> of(ObjectNode resource) {
        List<JsonChange> changes = new ArrayList<>();
        collect(resource, "", changes);
        return List.copyOf(changes);
    }

    /** Every change of this kind that can be made to the entries of an answer. */
    public static List<JsonChange> ofEntries(ObjectNode answer) {
        List<JsonChange> changes = new ArrayList<>();
        collect(answer.path("entry"), "/entry", changes);
        return List.copyOf(changes);
    }

    /** Every change of this kind to the Bundle's other elements, and to the list of entries itself. */
    public static List<JsonChange> ofHead(ObjectNode answer) {
        ObjectNode head = answer.deepCopy();
        head.remove("entry");
        List<JsonChange> changes = new ArrayList<>();
        collect(head, "", changes);
        JsonNode entries = answer.path("entry");
        changes.add(new JsonChange("/entry", null));
        ANYTHING.forEach(value -> changes.add(new JsonChange("/entry", value)));
        changes.add(new JsonChange("/entry", "[" + entries + "]"));
        changes.add(new JsonChange("/entry", entries.get(0).toString()));
        changes.add(new JsonChange("/entry", "{\"0\": " + entries.get(0) + "}"));
        return List.copyOf(changes);
    }

    private static void collect(JsonNode node, String at, List<JsonChange> changes) {
        if (node instanceof ObjectNode object) {
            MEANING.forEach(
                    (field, values) -> values.forEach(value -> changes.add(new JsonChange(at + "/" + field, value))));
            object.fieldNames().forEachRemaining(field -> around(object.get(field), at + "/" + field, changes));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                around(array.get(i), at + "/" + i, changes);
            }
        }
    }

    private static void around(JsonNode node, String at, List<JsonChange> changes) {
        changes.add(new JsonChange(at, null));
        ANYTHING.forEach(value -> changes.add(new JsonChange(at, value)));
        changes.add(new JsonChange(at, "[" + node + "]"));
        if (node.isArray() && !node.isEmpty()) {
            changes.add(new JsonChange(at, node.get(0).toString()));
            ArrayNode twice = ((ArrayNode) node).deepCopy();
            changes.add(new JsonChange(at, twice.add(node.get(0).deepCopy()).toString()));
        }
        if (node.isTextual()) {
            changes.add(new JsonChange(at, "\"" + node.asText() + "0\""));
            changes.add(new JsonChange(at, "\"" + node.asText().toLowerCase(java.util.Locale.ROOT) + "\""));
        }
        collect(node, at, changes);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
