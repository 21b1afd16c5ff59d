package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource and its location.
 *
 * @param path such as {@code Bundle.entry[3].resource}, or the type's name for a resource on its own
 */
public record LocatedResource(String path, ObjectNode json) {

    String type() {
        return json.path("resourceType").asText();
    }

    boolean isSlot() {
        return type().equals("Slot");
    }

    /** Empty when there is none. */
    public String id() {
        return json.path("id").asText("");
    }

    public String address() {
        return type() + "/" + id();
    }

    public JsonNode at(String field) {
        return json.path(field);
    }

    /** Null when the element is absent, not a string, or blank. */
    @Nullable
    public String text(String field) {
        return textOf(at(field));
    }

    /** Whether it declares this profile. */
    boolean claims(String profile) {
        return list(at("meta").path("profile")).stream().anyMatch(claimed -> profile.equals(claimed.asText()));
    }

    /** Null when the node is absent, not a string, or blank; surrounding white space is removed. */
    public static @Nullable String textOf(JsonNode node) {
        String text = node.textValue();
        return text == null || text.isBlank() ? null : text.strip();
    }

    static boolean isThere(JsonNode node) {
        return textOf(node) != null;
    }

    /** Whether a reference is to a resource contained in the one that makes it. */
    static boolean isLocal(JsonNode reference) {
        return reference.path("reference").asText().startsWith("#");
    }

    /** All resources contained in this one. */
    List<LocatedResource> contained() {
        JsonNode all = at("contained");
        if (all.isEmpty()) {
            return List.of();
        }
        List<LocatedResource> items = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof ObjectNode resource) {
                items.add(new LocatedResource(path + ".contained[" + i + "]", resource));
            }
        }
        return items;
    }

    /** Whether the element is present and false. */
    boolean isFalse(String field) {
        return at(field).isBoolean() && !at(field).asBoolean();
    }

    /** The contained resource with this id; null when there is none. */
    @Nullable
    LocatedResource contained(String id) {
        for (LocatedResource item : contained()) {
            if (id.equals(item.id())) {
                return item;
            }
        }
        return null;
    }

    /** Whether a CodeableConcept, or any of several, has a coding with this system (any system when null) and code. */
    static boolean isCoded(JsonNode concept, @Nullable String system, String code) {
        for (JsonNode coding : concept.path("coding")) {
            if (code.equals(coding.path("code").asText())
                    && (system == null || system.equals(coding.path("system").asText()))) {
                return true;
            }
        }
        return false;
    }

    static List<JsonNode> list(JsonNode array) {
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<JsonNode> nodes = new ArrayList<>(array.size());
        array.forEach(nodes::add);
        return nodes;
    }
}
