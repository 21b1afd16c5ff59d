package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search, decoded: names and values percent-encoded or not, and a raw {@code +} kept as itself,
 * because the guide's instants carry one ({@code +02:00}).
 */
record QueryString(Map<String, List<String>> parameters) {

    static QueryString parse(@Nullable String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                    parameters.computeIfAbsent(name, n -> new ArrayList<>(2)).add(value);
                }
            }
        }
        return new QueryString(parameters);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FhirRefusal(400, "invalid", "The query is not percent-encoded correctly: " + text);
        }
    }

    QueryString and(QueryString more) {
        Map<String, List<String>> both = new LinkedHashMap<>(parameters);
        more.parameters.forEach((name, values) -> both.merge(name, values, (a, b) -> {
            List<String> joined = new ArrayList<>(a);
            joined.addAll(b);
            return joined;
        }));
        return new QueryString(both);
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** Every value of a parameter, split at its commas; never empty. */
    List<String> required(String name) {
        List<String> values = all(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.isEmpty()) {
            throw new FhirRefusal(400, "required", "Parameter " + name + " is missing");
        }
        return values;
    }

    @Nullable
    String single(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw FhirRefusal.malformed(name, "may be given once only");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    List<String> unknown(Set<String> known) {
        return parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .toList();
    }
}
