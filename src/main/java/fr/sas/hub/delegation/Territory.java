package fr.sas.hub.delegation;

import fr.sas.hub.access.Wording;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A French département or overseas territory for which an account manager is responsible (docs/decisions/0040).
 *
 * @param code its number, such as {@code 75}, {@code 2A} or {@code 974}
 */
public record Territory(String code) implements Comparable<Territory> {

    /** The message for any other value. */
    public static final Wording RULE = new Wording(
            "must be the number of a département, such as 75, 2A or 974",
            "Indiquez chaque département par son numéro, par exemple 75, 2A ou 974.",
            "Enter each département by its number, for example 75, 2A or 974.");

    public static final Wording AT_LEAST_ONE = new Wording(
            "must name at least one département",
            "Indiquez au moins un département.",
            "Enter at least one département.");

    /** Prefixes of postal codes there, as patterns that Java and PostgreSQL interpret alike. */
    private static final Map<String, String> POSTAL_CODES = prefixes();

    public Territory {
        if (!POSTAL_CODES.containsKey(code)) {
            throw new IllegalArgumentException("There is no département " + code);
        }
    }

    /** Empty if there is no such département. */
    public static Optional<Territory> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(typed -> typed.strip().toUpperCase(Locale.ROOT))
                .filter(POSTAL_CODES::containsKey)
                .map(Territory::new);
    }

    /** Prefixes of the postal codes of its places, as a pattern. */
    String postalCodes() {
        return POSTAL_CODES.getOrDefault(code, code);
    }

    /** Corsica has a single prefix for the post, and two islands are filed under Guadeloupe. */
    private static Map<String, String> prefixes() {
        Map<String, String> prefixes = new TreeMap<>();
        IntStream.rangeClosed(1, 95)
                .filter(number -> number != 20)
                .mapToObj("%02d"::formatted)
                .forEach(code -> prefixes.put(code, code));
        IntStream.of(972, 973, 974, 975, 976, 986, 987, 988)
                .mapToObj(Integer::toString)
                .forEach(code -> prefixes.put(code, code));
        prefixes.put("2A", "20[01]");
        prefixes.put("2B", "20[2-9]");
        prefixes.put("971", "971(?!33|50)");
        prefixes.put("977", "977|97133");
        prefixes.put("978", "978|97150");
        return Map.copyOf(prefixes);
    }

    @Override
    public int compareTo(Territory other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
