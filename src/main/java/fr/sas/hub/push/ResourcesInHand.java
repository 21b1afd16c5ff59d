package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's resources that one transaction, which has the vendor's turn, has read or written: each is read and parsed at most
 * once, and what it wrote itself is not read at all. Not thread-safe.
 */
final class ResourcesInHand {

    private final String vendor;
    private final ResourceTables tables;
    private final Map<ResourceAddress, String> texts = new HashMap<>();
    private final Map<ResourceAddress, JsonNode> trees = new HashMap<>();
    private final Set<ResourceAddress> absent = new HashSet<>();

    ResourcesInHand(String vendor, ResourceTables tables) {
        this.vendor = vendor;
        this.tables = tables;
    }

    String vendor() {
        return vendor;
    }

    /** To be called for everything that the transaction writes after it began to read here. */
    void wrote(List<ResourceTables.NewResourceState> written) {
        for (ResourceTables.NewResourceState one : written) {
            trees.remove(one.address());
            if (one.deleted()) {
                texts.remove(one.address());
                absent.add(one.address());
            } else {
                absent.remove(one.address());
                texts.put(one.address(), one.content().json());
            }
        }
    }

    /** What was read elsewhere. */
    void read(Map<ResourceAddress, String> contents) {
        contents.forEach(texts::putIfAbsent);
    }

    /** The JSON of those that exist, as stored, in the order in which they are named. */
    Map<ResourceAddress, String> contents(Collection<ResourceAddress> addresses) {
        Set<ResourceAddress> missing = new LinkedHashSet<>(addresses);
        missing.removeIf(address -> texts.containsKey(address) || absent.contains(address));
        texts.putAll(tables.contents(vendor, missing));
        Map<ResourceAddress, String> contents = new LinkedHashMap<>();
        for (ResourceAddress address : addresses) {
            String json = texts.get(address);
            if (json == null) {
                absent.add(address);
            } else {
                contents.put(address, json);
            }
        }
        return contents;
    }

    /** Null if it is not in hand. */
    @Nullable
    JsonNode tree(ResourceAddress address) {
        String json = texts.get(address);
        return json == null ? null : trees.computeIfAbsent(address, a -> PushJson.tree(json));
    }
}
