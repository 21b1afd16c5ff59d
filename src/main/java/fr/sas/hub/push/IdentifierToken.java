package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.StorableText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource named by a business identifier: {@code Type?identifier=system|value}. */
record IdentifierToken(String type, String system, String value) {

    private static final String PARAMETER = "identifier=";
    private static final int LONGEST = 512;

    static final String RULE = "An identifier may have at most " + LONGEST + " characters, including its system";

    /**
     * Reads the query part, ignoring parameters that only concern the format of the answer ({@code _format},
     * {@code _pretty}); empty if it is anything other than one identifier with a value.
     */
    static Optional<IdentifierToken> ofQuery(String type, @Nullable String query) {
        List<String> parts = new ArrayList<>();
        for (String part : query == null ? new String[0] : query.split("&")) {
            if (!part.startsWith("_format=") && !part.startsWith("_pretty=")) {
                parts.add(part);
            }
        }
        if (parts.size() != 1 || !parts.getFirst().startsWith(PARAMETER)) {
            return Optional.empty();
        }
        String text = decoded(parts.getFirst().substring(PARAMETER.length()));
        int bar = text == null ? -1 : text.indexOf('|');
        if (text == null || bar < 0 || bar == text.length() - 1 || !StorableText.isStorable(text)) {
            return Optional.empty();
        }
        return Optional.of(new IdentifierToken(type, text.substring(0, bar), text.substring(bar + 1)));
    }

    /** Null if it is not percent-encoded correctly. */
    static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The identifiers of a resource. */
    static List<IdentifierToken> of(String type, JsonNode resource) {
        List<IdentifierToken> tokens = new ArrayList<>(1);
        for (JsonNode identifier : resource.path("identifier")) {
            String value = identifier.path("value").asText("");
            if (!value.isEmpty()) {
                tokens.add(new IdentifierToken(type, identifier.path("system").asText(""), value));
            }
        }
        return tokens;
    }

    boolean isTooLong() {
        return system.length() + value.length() > LONGEST;
    }

    /** As stored with the resources that have it. */
    String key() {
        return type + "|" + system + "|" + value;
    }

    @Override
    public String toString() {
        return type + "?identifier=" + system + "|" + value;
    }
}
