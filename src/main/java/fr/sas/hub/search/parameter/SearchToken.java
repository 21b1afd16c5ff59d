package fr.sas.hub.search.parameter;

import fr.sas.hub.access.interaction.FhirRefusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a search parameter of type token: {@code code}, {@code system|code}, {@code |code}, {@code system|}
 * (<a href="https://hl7.org/fhir/R4/search.html#token">R4</a>).
 *
 * @param system null if none was given: any matches; empty if given as empty: codes without a system
 * @param code empty if only the system was given: any of its codes matches
 */
record SearchToken(@Nullable String system, String code) {

    /**
     * The values of each occurrence of a parameter: any value within an occurrence may match, and every occurrence
     * must. Neither the list nor any of its elements is empty.
     */
    static List<List<SearchToken>> required(QueryString query, String name) {
        List<List<SearchToken>> occurrences = new ArrayList<>();
        for (String value : query.all(name)) {
            List<SearchToken> anyOf = new ArrayList<>();
            for (String one : split(value, ',')) {
                if (!one.isBlank()) {
                    anyOf.add(of(one.strip()));
                }
            }
            if (!anyOf.isEmpty()) {
                occurrences.add(anyOf);
            }
        }
        if (occurrences.isEmpty()) {
            throw new FhirRefusal(400, "required", "Parameter " + name + " is missing");
        }
        return occurrences;
    }

    private static SearchToken of(String text) {
        int bar = unescaped(text, '|', 0);
        return bar < 0
                ? new SearchToken(null, plain(text))
                : new SearchToken(
                        plain(text.substring(0, bar)).strip(),
                        plain(text.substring(bar + 1)).strip());
    }

    boolean isOf(String known) {
        return system == null || system.equals(known);
    }

    /** As it could appear in a request. */
    @Override
    public String toString() {
        return system == null ? code : system + "|" + code;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = unescaped(text, separator, 0); at >= 0; at = unescaped(text, separator, from)) {
            parts.add(text.substring(from, at));
            from = at + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The position of the first such character that no backslash escapes; -1 if none. */
    private static int unescaped(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Removes the backslashes that escape {@code \ | , $} (R4, §3.1.1.4.1). */
    private static String plain(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean escapes =
                    text.charAt(i) == '\\' && i + 1 < text.length() && "\\|,$".indexOf(text.charAt(i + 1)) >= 0;
            plain.append(text.charAt(escapes ? ++i : i));
        }
        return plain.toString();
    }
}
