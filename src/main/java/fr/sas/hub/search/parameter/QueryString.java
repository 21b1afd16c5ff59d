package fr.sas.hub.search.parameter;

import fr.sas.hub.access.interaction.FhirRefusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search, decoded: names and values may be percent-encoded or not, and a raw {@code +} is kept as
 * is, because the guide's instants contain one ({@code +02:00}).
 */
public record QueryString(Map<String, List<String>> parameters) {

    public static QueryString parse(@Nullable String raw) {
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

    public QueryString and(QueryString more) {
        Map<String, List<String>> both = new LinkedHashMap<>(parameters);
        more.parameters.forEach((name, values) -> both.merge(name, values, (a, b) -> {
            List<String> joined = new ArrayList<>(a);
            joined.addAll(b);
            return joined;
        }));
        return new QueryString(both);
    }

    /** The encoded query string. */
    public String written() {
        return without("");
    }

    /** The encoded query string without one parameter. */
    public String without(String name) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(name))
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> encode(parameter.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    /** Characters allowed in a query remain legible (RFC 3986 §3.4). */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2C", ",");
    }

    /** The same parameters, some of them renamed. */
    public QueryString renamed(Map<String, String> names) {
        if (Collections.disjoint(names.keySet(), parameters.keySet())) {
            return this;
        }
        Map<String, List<String>> renamed = new LinkedHashMap<>();
        parameters.forEach(
                (name, values) -> renamed.computeIfAbsent(names.getOrDefault(name, name), n -> new ArrayList<>(2))
                        .addAll(values));
        return new QueryString(renamed);
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** Every value of a parameter, split at commas; never empty. */
    public List<String> required(String name) {
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
    public String single(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw FhirRefusal.malformed(name, "may be given only once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    public List<String> unknown(Set<String> known) {
        return parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .toList();
    }
}
