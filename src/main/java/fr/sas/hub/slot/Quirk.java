package fr.sas.hub.slot;

/** The closed list of tolerances a descriptor may name; the judge (room {@code rule}) obeys each, and nothing else does. */
public enum Quirk {
    /** Instants come without offset and mean the place's local time. */
    TIMES_WITHOUT_ZONE,
    /** Instants come with the winter offset all year (or summer's); the local time is right, the offset is not. */
    WRONG_SEASONAL_OFFSET,
    /** {@code total} counts every entry, not only the Slots. */
    TOTAL_COUNTS_EVERYTHING
}
