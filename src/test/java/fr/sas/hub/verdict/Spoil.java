package fr.sas.hub.verdict;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Twist;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Small faults in the Bundles of a vendor. */
final class Spoil {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Spoil() {}

    static List<ObjectNode> all(ObjectNode bundle, String type) {
        List<ObjectNode> found = new ArrayList<>();
        bundle.path("entry").forEach(entry -> {
            if (entry.path("resource").path("resourceType").asText().equals(type)) {
                found.add((ObjectNode) entry.path("resource"));
            }
        });
        return found;
    }

    /** In the first resource of that type, wherever there is one. */
    static Twist first(String type, Consumer<ObjectNode> fault) {
        return Twist.ofBundles(bundle -> all(bundle, type).stream().findFirst().ifPresent(fault));
    }

    /** Sets an element of the first resource of that type, by JSON pointer; the value is JSON. */
    static Twist set(String type, String pointer, String json) {
        return first(type, resource -> put(resource, pointer, json));
    }

    static Twist remove(String type, String pointer) {
        return first(type, resource -> take(resource, pointer));
    }

    static Twist change(String type, String pointer, UnaryOperator<String> change) {
        return first(
                type,
                resource -> put(
                        resource,
                        pointer,
                        "\"" + change.apply(resource.at(pointer).asText()) + "\""));
    }

    /** The same in the first place of practice: the Location contained in a role. */
    static Twist bundle(String pointer, String json) {
        return Twist.ofBundles(bundle -> put(bundle, pointer, json));
    }

    static void put(ObjectNode node, String pointer, String json) {
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = node.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), read(json));
        } else {
            ObjectNode object = parent instanceof ObjectNode there ? there : node.withObject(path.head());
            object.set(path.last().getMatchingProperty(), read(json));
        }
    }

    static void take(ObjectNode node, String pointer) {
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = node.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.remove(path.last().getMatchingIndex());
        } else if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
