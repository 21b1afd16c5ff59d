package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource named by a business identifier: {@code Type?identifier=system|value}. */
record Token(String type, String system, String value) {

    private static final String PARAMETER = "identifier=";

    /** Reads the query part; empty when it is anything but one identifier with its value. */
    static Optional<Token> ofQuery(String type, @Nullable String query) {
        if (query == null || !query.startsWith(PARAMETER) || query.indexOf('&') >= 0) {
            return Optional.empty();
        }
        String text =
                URLDecoder.decode(query.substring(PARAMETER.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        if (bar < 0 || bar == text.length() - 1 || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Token(type, text.substring(0, bar), text.substring(bar + 1)));
    }

    /** The identifiers that a resource has. */
    static List<Token> of(String type, JsonNode resource) {
        List<Token> tokens = new ArrayList<>(1);
        for (JsonNode identifier : resource.path("identifier")) {
            String value = identifier.path("value").asText("");
            if (!value.isEmpty()) {
                tokens.add(new Token(type, identifier.path("system").asText(""), value));
            }
        }
        return tokens;
    }

    /** As it is stored with the resources that have it. */
    String key() {
        return type + "|" + system + "|" + value;
    }

    @Override
    public String toString() {
        return type + "?identifier=" + system + "|" + value;
    }
}
