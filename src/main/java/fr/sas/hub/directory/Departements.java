package fr.sas.hub.directory;

import org.jspecify.annotations.Nullable;

/** The département or overseas territory of a place, from its French postal code. */
public final class Departements {

    private Departements() {}

    /**
     * Its number, such as {@code 75}, {@code 2A} or {@code 974}. Corsica has a single prefix for the post, and two
     * islands are filed under Guadeloupe.
     *
     * @return null when the code is null or not a postal code
     */
    public static @Nullable String ofPostalCode(@Nullable String postalCode) {
        if (postalCode == null || !postalCode.matches("\\d{5}")) {
            return null;
        }
        return switch (postalCode) {
            case "97133" -> "977";
            case "97150" -> "978";
            default ->
                switch (postalCode.substring(0, 2)) {
                    case "20" -> postalCode.charAt(2) < '2' ? "2A" : "2B";
                    case "97", "98" -> postalCode.substring(0, 3);
                    default -> postalCode.substring(0, 2);
                };
        };
    }
}
