package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.UrlText;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns every reference that means a resource of the same vendor into {@code Type/id}: absolute, versioned and
 * conditional references too.
 */
final class ReferenceNormalizer {

    private final Set<String> bases;
    private final Map<String, ResourceAddress> byFullUrl;
    private final Map<IdentifierToken, ResourceAddress> byToken;

    /**
     * @param bases base URLs, the hub's among them, with which a vendor's references mean its own resources; without a
     *     trailing slash
     * @param byFullUrl entries of the same Bundle
     * @param byToken the targets of conditional references
     */
    ReferenceNormalizer(
            Set<String> bases, Map<String, ResourceAddress> byFullUrl, Map<IdentifierToken, ResourceAddress> byToken) {
        this.bases = Set.copyOf(bases);
        this.byFullUrl = byFullUrl;
        this.byToken = byToken;
    }

    /** Collects the conditional references of a resource. */
    static void collectTokens(JsonNode resource, Set<IdentifierToken> tokens) {
        walk(resource, null, (place, reference) -> {
            int query = reference.indexOf('?');
            if (query > 0) {
                IdentifierToken.ofQuery(reference.substring(0, query), reference.substring(query + 1))
                        .ifPresent(tokens::add);
            }
            return reference;
        });
    }

    void rewrite(WriteRequest asked, ObjectNode resource) {
        walk(resource, null, (place, reference) -> resolve(asked, place, reference));
    }

    private String resolve(WriteRequest asked, @Nullable Place place, String reference) {
        if (UrlText.isTooLong(reference)) {
            throw asked.refused(
                    400, "too-long", "A reference has at most " + UrlText.LONGEST + " characters", path(place));
        }
        int version = reference.indexOf("/_history/");
        ResourceAddress entry = byFullUrl.get(version < 0 ? reference : reference.substring(0, version));
        if (entry != null) {
            return entry.toString();
        }
        if (reference.startsWith("urn:uuid:") || reference.startsWith("urn:oid:")) {
            throw asked.refused(400, "not-found", "No entry of this Bundle has the fullUrl " + reference, path(place));
        }
        String relative = relative(reference, bases);
        ResourceAddress address = ResourceAddress.parse(relative);
        if (address != null) {
            return address.toString();
        }
        int query = relative.indexOf('?');
        return query > 0 && ResourceRules.TYPES.contains(relative.substring(0, query))
                ? found(asked, path(place), relative, query)
                : relative;
    }

    /** The reference without its base; unchanged if it begins with none of them. */
    static String relative(String reference, Set<String> bases) {
        for (String base : bases) {
            if (reference.length() > base.length()
                    && reference.charAt(base.length()) == '/'
                    && reference.startsWith(base)) {
                return reference.substring(base.length() + 1);
            }
        }
        return reference;
    }

    private String found(WriteRequest asked, String path, String reference, int query) {
        IdentifierToken token = IdentifierToken.ofQuery(reference.substring(0, query), reference.substring(query + 1))
                .orElseThrow(() -> asked.refused(
                        400,
                        "not-supported",
                        "A conditional reference must be Type?identifier=system|value, not " + reference,
                        path));
        ResourceAddress found = byToken.get(token);
        if (found == null) {
            throw asked.refused(412, "not-found", "Not exactly one of your resources matches " + token, path);
        }
        return found.toString();
    }

    @FunctionalInterface
    private interface Visit {
        String visit(@Nullable Place place, String reference);
    }

    /** A path within a resource, written out only if it is reported. @param element null for an element of a list */
    private record Place(@Nullable Place in, @Nullable String element, int index) {
        @Override
        public String toString() {
            return (in == null ? "" : in.toString()) + (element == null ? "[" + index + "]" : "." + element);
        }
    }

    private static String path(@Nullable Place place) {
        return (place == null ? "" : place.toString()) + ".reference";
    }

    private static void walk(JsonNode node, @Nullable Place place, Visit visit) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("reference") && field.getValue().isTextual()) {
                    String reference = field.getValue().textValue();
                    String visited = visit.visit(place, reference);
                    if (!visited.equals(reference)) {
                        field.setValue(object.textNode(visited));
                    }
                } else if (field.getValue().isContainerNode()) {
                    walk(field.getValue(), new Place(place, field.getKey(), 0), visit);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                walk(array.get(i), new Place(place, null, i), visit);
            }
        }
    }
}
