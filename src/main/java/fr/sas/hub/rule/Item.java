package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource and where it stands.
 *
 * @param path such as {@code Bundle.entry[3].resource}, or the type's name for a resource by itself
 */
record Item(String path, ObjectNode json) {

    String type() {
        return json.path("resourceType").asText();
    }

    /** Empty when there is none. */
    String id() {
        return json.path("id").asText("");
    }

    String address() {
        return type() + "/" + id();
    }

    JsonNode at(String field) {
        return json.path(field);
    }

    /** Null when the element is not there, not a text, or blank. */
    @Nullable
    String text(String field) {
        return textOf(at(field));
    }

    /** Whether it names this profile as its own. */
    boolean claims(String profile) {
        return list(at("meta").path("profile")).stream().anyMatch(claimed -> profile.equals(claimed.asText()));
    }

    static @Nullable String textOf(JsonNode node) {
        String text = node.textValue();
        return text == null || text.isBlank() ? null : text.strip();
    }

    static boolean isThere(JsonNode node) {
        return textOf(node) != null;
    }

    /** The resource with this id among the contained ones; null when there is none. */
    @Nullable
    Item contained(String id) {
        JsonNode all = at("contained");
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof ObjectNode resource
                    && id.equals(resource.path("id").asText())) {
                return new Item(path + ".contained[" + i + "]", resource);
            }
        }
        return null;
    }

    /** Whether a CodeableConcept, or each of several, has a coding of this system (any, when null) and code. */
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
        List<JsonNode> nodes = new ArrayList<>(array.size());
        if (array.isArray()) {
            array.forEach(nodes::add);
        }
        return nodes;
    }
}
