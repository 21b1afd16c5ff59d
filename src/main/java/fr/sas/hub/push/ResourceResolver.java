package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.slot.StorableText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out which resource each entry of a request is about, before any entry is carried out. */
final class ResourceResolver {

    /**
     * @param exists whether it was found by its identifier, so that nothing is created
     * @param gone the deleted resource that had the identifier; null if there is none, or if another has it now
     */
    record ResolvedName(
            ResourceAddress address,
            boolean exists,
            @Nullable ResourceAddress gone) implements Name {}

    record UnresolvedName(FhirRefusal refusal) implements Name {}

    sealed interface Name permits ResolvedName, UnresolvedName {}

    private final List<Name> names = new ArrayList<>();
    private final Map<String, ResourceAddress> byFullUrl = new HashMap<>();
    private final Map<IdentifierToken, ResourceAddress> byToken = new HashMap<>();

    private ResourceResolver() {}

    /** @param atomic a transaction: a resource may occur only once, and anything unclear is thrown at once */
    static ResourceResolver of(String vendor, List<WriteRequest> asked, ResourceTables resources, boolean atomic) {
        ResourceResolver names = new ResourceResolver();
        ResourceTables.Matches stored = resources.matches(vendor, tokens(asked));
        Map<IdentifierToken, Set<ResourceAddress>> matches = stored.there();
        Map<ResourceAddress, String> seen = new HashMap<>();
        for (WriteRequest one : asked) {
            Name name = name(one, matches, stored.gone());
            if (atomic && name instanceof UnresolvedName unclear) {
                throw unclear.refusal();
            }
            names.names.add(name);
            if (name instanceof ResolvedName known) {
                String before = seen.putIfAbsent(known.address(), one.path());
                if (atomic && before != null && !known.exists()) {
                    throw one.refused(
                            400, "duplicate", known.address() + " already occurs in this transaction: " + before);
                }
                names.learn(one, known.address(), matches);
            }
        }
        matches.forEach((token, found) -> {
            if (found.size() == 1) {
                names.byToken.put(token, found.iterator().next());
            }
        });
        return names;
    }

    private static Set<IdentifierToken> tokens(List<WriteRequest> asked) {
        Set<IdentifierToken> tokens = new HashSet<>();
        for (WriteRequest one : asked) {
            if (one.condition() != null) {
                tokens.add(one.condition());
            }
            if (one.ifNoneExist() != null) {
                tokens.add(one.ifNoneExist());
            }
            if (one.resource() != null) {
                ReferenceNormalizer.collectTokens(one.resource(), tokens);
            }
        }
        return tokens;
    }

    /**
     * FHIR R4 §3.1.0.7.1 and §3.1.0.4.3: an id given in a conditional update is the one the resource is created with.
     */
    private static Name name(
            WriteRequest one,
            Map<IdentifierToken, Set<ResourceAddress>> matches,
            Map<IdentifierToken, ResourceAddress> deleted) {
        if (one.id() != null) {
            return new ResolvedName(new ResourceAddress(one.type(), one.id()), false, null);
        }
        IdentifierToken token = one.condition() != null ? one.condition() : one.ifNoneExist();
        Set<ResourceAddress> found = token == null ? Set.of() : matches.getOrDefault(token, Set.of());
        if (found.size() > 1) {
            return new UnresolvedName(one.refused(
                    412,
                    "multiple-matches",
                    found.size() + " of your resources match " + token + "; name one by its id"));
        }
        String said = one.verb() == WriteRequest.Verb.UPDATE && one.resource() != null
                ? one.resource().path("id").asText("")
                : "";
        if (found.size() == 1) {
            ResourceAddress match = found.iterator().next();
            return said.isEmpty() || said.equals(match.id())
                    ? new ResolvedName(match, true, null)
                    : new UnresolvedName(
                            one.refused(400, "invalid", "Your resource " + token + " has the id " + match.id(), ".id"));
        }
        ResourceAddress gone = token == null ? null : deleted.get(token);
        return switch (one.verb()) {
            case CREATE ->
                new ResolvedName(
                        new ResourceAddress(
                                one.type(), ResourceContent.digest(one.seed()).toString()),
                        false,
                        gone);
            case UPDATE, DELETE -> {
                if (!said.isEmpty()) {
                    yield ResourceAddress.isId(said)
                            ? new ResolvedName(new ResourceAddress(one.type(), said), false, gone)
                            : new UnresolvedName(one.refused(400, "value", ResourceAddress.RULE, ".id"));
                }
                yield new ResolvedName(gone != null ? gone : unheardOf(Objects.requireNonNull(token)), false, gone);
            }
            case PATCH, READ ->
                new UnresolvedName(one.refused(404, "not-found", "None of your resources matches " + token));
        };
    }

    /** The address for a resource known only by its identifier, for instance because it was deleted before it ever arrived. */
    static ResourceAddress unheardOf(IdentifierToken token) {
        return new ResourceAddress(
                token.type(), ResourceContent.digest(token.key()).toString());
    }

    /** Remembers the names by which other entries of the same Bundle may refer to it. */
    private void learn(WriteRequest one, ResourceAddress address, Map<IdentifierToken, Set<ResourceAddress>> matches) {
        if (one.fullUrl() != null && one.verb() != WriteRequest.Verb.DELETE) {
            byFullUrl.put(one.fullUrl(), address);
        }
        if (one.resource() != null) {
            for (IdentifierToken token : IdentifierToken.of(one.type(), one.resource())) {
                matches.computeIfAbsent(token, t -> new LinkedHashSet<>()).add(address);
            }
        }
    }

    Name of(int position) {
        return names.get(position);
    }

    Collection<ResourceAddress> addresses() {
        Set<ResourceAddress> addresses = new LinkedHashSet<>();
        for (Name name : names) {
            if (name instanceof ResolvedName known) {
                addresses.add(known.address());
                if (known.gone() != null) {
                    addresses.add(known.gone());
                }
            }
        }
        return addresses;
    }

    Map<String, ResourceAddress> byFullUrl() {
        return byFullUrl;
    }

    /** The base URLs of the vendor's resources: the part of the fullUrls before {@code Type/id}. */
    Set<String> bases() {
        Set<String> bases = new TreeSet<>();
        byFullUrl.forEach((fullUrl, address) -> {
            String end = "/" + address;
            if (fullUrl.startsWith("http") && fullUrl.endsWith(end) && StorableText.isStorable(fullUrl)) {
                bases.add(fullUrl.substring(0, fullUrl.length() - end.length()));
            }
        });
        return bases;
    }

    Map<IdentifierToken, ResourceAddress> byToken() {
        return byToken;
    }
}
