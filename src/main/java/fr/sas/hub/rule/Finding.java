package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.StorableText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place where a rule is broken.
 *
 * @param path such as {@code Bundle.entry[3].resource.start}; from the second page on, prefixed by the page
 * @param value the offending value, bounded in length, never a name; null when there is none to show
 * @param resource the resource containing the fault, for the excerpt; null when nothing was readable
 */
public record Finding(
        Rule rule,
        String path,
        @Nullable String value,
        @Nullable JsonNode resource) {

    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_OF_A_VALUE = 200;

    /** Names of people, and elements that may repeat them in prose. */
    private static final Set<String> PERSONAL =
            Set.of("name", "telecom", "display", "text", "div", "photo", "birthDate");

    public Finding {
        if (value != null && value.length() > MOST_OF_A_VALUE) {
            value = value.substring(0, MOST_OF_A_VALUE) + "…";
        }
        value = value == null ? null : StorableText.repaired(value);
        path = StorableText.repaired(path);
    }

    public String sentence() {
        return rule.sentence(value);
    }

    /** The resource as JSON without personal names, cut at 1,000 characters; empty when nothing was readable. */
    public String excerpt() {
        if (resource == null) {
            return "";
        }
        String json = withoutNames(resource.deepCopy()).toString();
        return StorableText.repaired(
                json.length() <= MOST_CHARACTERS ? json : json.substring(0, MOST_CHARACTERS - 1) + "…");
    }

    private static JsonNode withoutNames(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(PERSONAL);
            object.forEach(Finding::withoutNames);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Finding::withoutNames);
        }
        return node;
    }
}
