package fr.sas.hub.push;

import fr.sas.hub.access.FhirRefusal;
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

/** Which resource each entry of a request is about, before any of them is done. */
final class ResourceResolver {

    /**
     * @param exists found by its identifier, so that nothing is created
     * @param gone what had the identifier and was deleted; null when nothing did, or something has it now
     */
    record Known(Address address, boolean exists, @Nullable Address gone) implements Name {}

    record Unclear(FhirRefusal refusal) implements Name {}

    sealed interface Name permits Known, Unclear {}

    private final List<Name> names = new ArrayList<>();
    private final Map<String, Address> byFullUrl = new HashMap<>();
    private final Map<Token, Address> byToken = new HashMap<>();

    private ResourceResolver() {}

    /** @param atomic in a transaction a resource may stand once only; what is unclear is thrown at once */
    static ResourceResolver of(String vendor, List<WriteRequest> asked, ResourceTables resources, boolean atomic) {
        ResourceResolver names = new ResourceResolver();
        ResourceTables.Matches stored = resources.matches(vendor, tokens(asked));
        Map<Token, Set<Address>> matches = stored.there();
        Map<Address, String> seen = new HashMap<>();
        for (WriteRequest one : asked) {
            Name name = name(one, matches, stored.gone());
            if (atomic && name instanceof Unclear unclear) {
                throw unclear.refusal();
            }
            names.names.add(name);
            if (name instanceof Known known) {
                String before = seen.putIfAbsent(known.address(), one.path());
                if (atomic && before != null && !known.exists()) {
                    throw one.refused(400, "duplicate", known.address() + " is in this transaction already: " + before);
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

    private static Set<Token> tokens(List<WriteRequest> asked) {
        Set<Token> tokens = new HashSet<>();
        for (WriteRequest one : asked) {
            if (one.condition() != null) {
                tokens.add(one.condition());
            }
            if (one.ifNoneExist() != null) {
                tokens.add(one.ifNoneExist());
            }
            if (one.resource() != null) {
                Links.collectTokens(one.resource(), tokens);
            }
        }
        return tokens;
    }

    /** By FHIR R4 §3.1.0.7.1 and §3.1.0.4.3: an id that a conditional update brings is the one it is created under. */
    private static Name name(WriteRequest one, Map<Token, Set<Address>> matches, Map<Token, Address> deleted) {
        if (one.id() != null) {
            return new Known(new Address(one.type(), one.id()), false, null);
        }
        Token token = one.condition() != null ? one.condition() : one.ifNoneExist();
        Set<Address> found = token == null ? Set.of() : matches.getOrDefault(token, Set.of());
        if (found.size() > 1) {
            return new Unclear(one.refused(
                    412,
                    "multiple-matches",
                    found.size() + " of your resources are " + token + "; name one by its id"));
        }
        String said = one.verb() == WriteRequest.Verb.UPDATE && one.resource() != null
                ? one.resource().path("id").asText("")
                : "";
        if (found.size() == 1) {
            Address match = found.iterator().next();
            return said.isEmpty() || said.equals(match.id())
                    ? new Known(match, true, null)
                    : new Unclear(
                            one.refused(400, "invalid", "Your resource " + token + " has the id " + match.id(), ".id"));
        }
        Address gone = token == null ? null : deleted.get(token);
        return switch (one.verb()) {
            case CREATE ->
                new Known(new Address(one.type(), Content.digest(one.seed()).toString()), false, gone);
            case UPDATE, DELETE -> {
                if (!said.isEmpty()) {
                    yield Address.isId(said)
                            ? new Known(new Address(one.type(), said), false, gone)
                            : new Unclear(one.refused(400, "value", Address.RULE, ".id"));
                }
                yield new Known(gone != null ? gone : unheardOf(Objects.requireNonNull(token)), false, gone);
            }
            case PATCH, READ -> new Unclear(one.refused(404, "not-found", "None of your resources is " + token));
        };
    }

    /** Where a resource is kept of which only the identifier was ever said, be it that it was deleted. */
    static Address unheardOf(Token token) {
        return new Address(token.type(), Content.digest(token.key()).toString());
    }

    /** What others in the same Bundle may call it. */
    private void learn(WriteRequest one, Address address, Map<Token, Set<Address>> matches) {
        if (one.fullUrl() != null && one.verb() != WriteRequest.Verb.DELETE) {
            byFullUrl.put(one.fullUrl(), address);
        }
        if (one.resource() != null) {
            for (Token token : Token.of(one.type(), one.resource())) {
                matches.computeIfAbsent(token, t -> new LinkedHashSet<>()).add(address);
            }
        }
    }

    Name of(int position) {
        return names.get(position);
    }

    Collection<Address> addresses() {
        Set<Address> addresses = new LinkedHashSet<>();
        for (Name name : names) {
            if (name instanceof Known known) {
                addresses.add(known.address());
                if (known.gone() != null) {
                    addresses.add(known.gone());
                }
            }
        }
        return addresses;
    }

    Map<String, Address> byFullUrl() {
        return byFullUrl;
    }

    /** Under which addresses the vendor calls its resources: what fullUrls have before {@code Type/id}. */
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

    Map<Token, Address> byToken() {
        return byToken;
    }
}
