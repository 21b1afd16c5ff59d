package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one answer, all pages together, and the resolution of references among them: contained ({@code #x}),
 * relative ({@code Type/x}), absolute and {@code urn:uuid:}. An absolute reference is also matched by its trailing
 * {@code Type/id}, because vendors write fullUrls that are not real addresses.
 */
final class AnswerResources {

    private final Map<String, List<LocatedResource>> byType = new HashMap<>();
    private final Map<String, LocatedResource> byAddress = new HashMap<>();
    private final boolean whole;

    /**
     * @param whole whether unresolvable references are faults; a resource on its own may refer to others not sent with
     *     it
     */
    AnswerResources(boolean whole) {
        this.whole = whole;
    }

    boolean isWhole() {
        return whole;
    }

    /** The earlier resource with the same address; null when there is none, or this one has no id. */
    @Nullable
    LocatedResource add(LocatedResource item, @Nullable String fullUrl) {
        byType.computeIfAbsent(item.type(), type -> new ArrayList<>()).add(item);
        if (fullUrl != null) {
            byAddress.putIfAbsent(fullUrl, item);
        }
        return item.id().isEmpty() ? null : byAddress.putIfAbsent(item.address(), item);
    }

    List<LocatedResource> all(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** The target of a reference in this item, if it is of that type; null otherwise. */
    @Nullable
    LocatedResource follow(LocatedResource from, JsonNode reference, String type) {
        String address = LocatedResource.textOf(reference.path("reference"));
        if (address == null) {
            return null;
        }
        LocatedResource found = address.startsWith("#") ? from.contained(address.substring(1)) : byAddress.get(address);
        if (found == null && !address.startsWith("#")) {
            found = byAddress.get(typeAndId(address));
        }
        return found != null && found.type().equals(type) ? found : null;
    }

    /** Whether the reference names this type, resolvable or not. */
    static boolean names(LocatedResource from, JsonNode reference, String type) {
        String address = reference.path("reference").asText("");
        if (address.startsWith("#")) {
            LocatedResource contained = from.contained(address.substring(1));
            return contained != null && contained.type().equals(type);
        }
        return type.equals(reference.path("type").asText())
                || typeAndId(address).startsWith(type + "/");
    }

    static String typeAndId(String address) {
        int history = address.indexOf("/_history/");
        String plain = history < 0 ? address : address.substring(0, history);
        int id = plain.lastIndexOf('/');
        return id <= 0 ? plain : plain.substring(plain.lastIndexOf('/', id - 1) + 1);
    }
}
