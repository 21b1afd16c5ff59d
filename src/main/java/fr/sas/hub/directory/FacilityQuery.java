package fr.sas.hub.directory;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.InvalidInput.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for facilities; all criteria must match.
 *
 * @param kind null for any
 * @param text what a person types: words of the name or the town or their beginnings, in any order, ignoring accents; or the
 *     beginning of a national id, with or without its first digit; null for any
 * @param name words or beginnings of words of the name, in any order, ignoring accents; null for any
 * @param town the beginning of its town; null for any
 * @param postalCode the code or its beginning; null for any
 * @param where a PostgreSQL pattern that the postal code matches; null for anywhere
 */
record FacilityQuery(
        Facility.@Nullable Kind kind,
        @Nullable String text,
        @Nullable String name,
        @Nullable String town,
        @Nullable String postalCode,
        @Nullable String where) {

    private static final int LONGEST = 100;

    /** @throws InvalidInput naming every faulty parameter */
    static FacilityQuery of(
            @Nullable String kind, @Nullable String name, @Nullable String town, @Nullable String postalCode) {
        List<Fault> faults = new ArrayList<>();
        Facility.Kind known = Facility.Kind.named(kind).orElse(null);
        if (kind != null && known == null) {
            faults.add(FacilityDocument.KIND);
        }
        checkLength("name", name, faults);
        checkLength("town", town, faults);
        if (postalCode != null && !isStartOfAPostalCode(postalCode)) {
            faults.add(new Fault(
                    "postalCode",
                    "is a postal code or the beginning of one: one to five digits",
                    "Le code postal s'écrit avec cinq chiffres, ou moins pour chercher par son début."));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new FacilityQuery(known, null, name, town, postalCode, null);
    }

    /** @param kind null for any @throws InvalidInput when the text is longer than any name */
    static FacilityQuery typed(Facility.@Nullable Kind kind, String text) {
        List<Fault> faults = new ArrayList<>();
        checkLength("name", text, faults);
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new FacilityQuery(kind, text.isBlank() ? null : text, null, null, null, null);
    }

    /** @param pattern that their postal codes match; null for anywhere */
    FacilityQuery within(@Nullable String pattern) {
        return new FacilityQuery(kind, text, name, town, postalCode, pattern);
    }

    private static void checkLength(String field, @Nullable String text, List<Fault> faults) {
        if (text != null && text.length() > LONGEST) {
            faults.add(new Fault(
                    field,
                    "has at most " + LONGEST + " characters",
                    "Une recherche compte " + LONGEST + " caractères au plus.",
                    "A search has at most " + LONGEST + " characters."));
        }
    }

    private static boolean isStartOfAPostalCode(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
