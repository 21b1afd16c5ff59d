package fr.sas.hub.intake;

import fr.sas.hub.rule.AnswerRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Follows references inside one answer: contained ({@code #x}), relative ({@code Type/x}), absolute and {@code urn:uuid:}.
 * An absolute one is also found by its {@code Type/id} end, because vendors write fullUrls that are not their address.
 */
final class References {

    private final Findings findings;
    private final Map<String, Entry> byAddress = new HashMap<>();
    private final Map<Resource, Entry> byResource = new java.util.IdentityHashMap<>();
    private final Set<String> onThisPage = new HashSet<>();

    References(Findings findings) {
        this.findings = findings;
    }

    /** Included resources come again on every page: that is no duplicate. */
    void nextPage() {
        onThisPage.clear();
    }

    void add(Entry entry) {
        byResource.put(entry.resource(), entry);
        if (!entry.id().isEmpty()) {
            boolean newHere = onThisPage.add(entry.address());
            Entry first = byAddress.putIfAbsent(entry.address(), entry);
            if (first != null && !newHere && !first.json().equals(entry.json())) {
                findings.add(AnswerRule.DUPLICATE_ID, entry.path() + ".id", entry.address(), entry.json());
            }
        }
        if (entry.fullUrl() != null) {
            byAddress.putIfAbsent(entry.fullUrl(), entry);
        }
    }

    /** The entry that this very resource came in; null for a contained one. */
    @Nullable
    Entry entryOf(Resource resource) {
        return byResource.get(resource);
    }

    /** What the reference leads to when it is of that type; null when it leads nowhere or to something else. */
    <T extends Resource> @Nullable T follow(Reference reference, Class<T> type) {
        if (type.isInstance(reference.getResource())) {
            return type.cast(reference.getResource());
        }
        String address = reference.getReference();
        if (address == null || address.isBlank()) {
            return null;
        }
        Entry entry = byAddress.get(address);
        if (entry == null) {
            entry = byAddress.get(typeAndId(address));
        }
        return entry != null && type.isInstance(entry.resource()) ? type.cast(entry.resource()) : null;
    }

    /** Does the reference name this type, wherever it leads? */
    static boolean names(Reference reference, String type) {
        String address = reference.getReference();
        return type.equals(reference.getType())
                || (address != null && typeAndId(address).startsWith(type + "/"));
    }

    private static String typeAndId(String address) {
        int history = address.indexOf("/_history/");
        String plain = history < 0 ? address : address.substring(0, history);
        int id = plain.lastIndexOf('/');
        if (id <= 0) {
            return plain;
        }
        return plain.substring(plain.lastIndexOf('/', id - 1) + 1);
    }
}
