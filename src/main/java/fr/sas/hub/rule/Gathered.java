package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one answer, all pages together, and where references lead among them: contained ({@code #x}), relative
 * ({@code Type/x}), absolute and {@code urn:uuid:}. An absolute one is also found by its {@code Type/id} end, because
 * vendors write fullUrls that are not their address.
 */
final class Gathered {

    private final Map<String, List<Item>> byType = new HashMap<>();
    private final Map<String, Item> byAddress = new HashMap<>();
    private final boolean whole;

    /** @param whole whether what is not here is missing; a resource by itself may refer to what nobody sent along */
    Gathered(boolean whole) {
        this.whole = whole;
    }

    boolean isWhole() {
        return whole;
    }

    /** The first resource with the same address; null when this is the first, or has no id. */
    @Nullable
    Item add(Item item, @Nullable String fullUrl) {
        byType.computeIfAbsent(item.type(), type -> new ArrayList<>()).add(item);
        if (fullUrl != null) {
            byAddress.putIfAbsent(fullUrl, item);
        }
        return item.id().isEmpty() ? null : byAddress.putIfAbsent(item.address(), item);
    }

    List<Item> all(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** What a reference of this item leads to when it is of that type; null otherwise. */
    @Nullable
    Item follow(Item from, JsonNode reference, String type) {
        String address = Item.textOf(reference.path("reference"));
        if (address == null) {
            return null;
        }
        Item found = address.startsWith("#") ? from.contained(address.substring(1)) : byAddress.get(address);
        if (found == null && !address.startsWith("#")) {
            found = byAddress.get(typeAndId(address));
        }
        return found != null && found.type().equals(type) ? found : null;
    }

    /** Does the reference name this type, wherever it leads? */
    static boolean names(Item from, JsonNode reference, String type) {
        String address = reference.path("reference").asText("");
        if (address.startsWith("#")) {
            Item contained = from.contained(address.substring(1));
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
