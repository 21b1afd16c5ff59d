package fr.sas.hub.delegation;

import fr.sas.hub.access.Wording;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A French département or overseas territory, of which an account manager takes care (docs/decisions/0040).
 *
 * @param code its number, such as {@code 75}, {@code 2A} or {@code 974}
 */
public record Territory(String code) implements Comparable<Territory> {

    /** What somebody who names another is told. */
    public static final Wording RULE = new Wording(
            "is the number of a département, such as 75, 2A or 974",
            "Indiquez chaque département par son numéro, par exemple 75, 2A ou 974.");

    public static final Wording AT_LEAST_ONE =
            new Wording("names at least one département", "Indiquez au moins un département.");

    /** How postal codes begin there, as patterns that Java and PostgreSQL read alike. */
    private static final Map<String, String> POSTAL_CODES = prefixes();

    public Territory {
        if (!POSTAL_CODES.containsKey(code)) {
            throw new IllegalArgumentException("There is no département " + code);
        }
    }

    /** Empty when there is no such département. */
    public static Optional<Territory> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(typed -> typed.strip().toUpperCase(Locale.ROOT))
                .filter(POSTAL_CODES::containsKey)
                .map(Territory::new);
    }

    /** How the postal codes of its places begin: a pattern. */
    String postalCodes() {
        return POSTAL_CODES.getOrDefault(code, code);
    }

    /** Corsica is one number for the post, and two islands are filed under Guadeloupe. */
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
