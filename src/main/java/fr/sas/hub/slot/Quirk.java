package fr.sas.hub.slot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The closed list of tolerances that a descriptor may name; only the judge (room {@code rule}) applies them. */
public enum Quirk {
    /** Instants have no offset and are in the place's local time. */
    TIMES_WITHOUT_ZONE,
    /** Instants carry the winter (or the summer) offset all year; the local time is right, the offset is not. */
    WRONG_SEASONAL_OFFSET,
    /** {@code total} counts every entry, not only the Slots. */
    TOTAL_COUNTS_EVERYTHING;

    /** The name in descriptors, such as {@code times-without-zone}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param text a name as in descriptors; empty for one that is not in the list */
    public static Optional<Quirk> named(String text) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.text().equals(text))
                .findFirst();
    }
}
