package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extensions of resources, elements and primitive values (FHIR R4 §2.6.2), at any depth. */
public final class Extensions {

    private static final Set<String> NAMES = Set.of("extension", "modifierExtension");

    private Extensions() {}

    /**
     * Path of the first extension that is not an object, such as {@code _status.extension[0]}; null when there is none.
     */
    public static @Nullable String firstThatIsNone(JsonNode json) {
        int at = 0;
        for (JsonNode item : json.isArray() ? json : Set.<JsonNode>of()) {
            String within = firstThatIsNone(item);
            if (within != null) {
                return "[" + at + "]" + (within.startsWith("[") ? "" : ".") + within;
            }
            at++;
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            String within = NAMES.contains(name) ? noneIn(member.getValue()) : null;
            within = within == null ? firstThatIsNone(member.getValue()) : within;
            if (within != null) {
                return name + (within.startsWith("[") ? "" : ".") + within;
            }
        }
        return null;
    }

    /** Only arrays are checked; the parser decides whether anything else is allowed here. */
    private static @Nullable String noneIn(JsonNode extensions) {
        for (int i = 0; extensions.isArray() && i < extensions.size(); i++) {
            if (!extensions.get(i).isObject()) {
                return "[" + i + "]";
            }
        }
        return null;
    }
}
