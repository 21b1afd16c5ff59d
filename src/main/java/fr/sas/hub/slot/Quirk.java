package fr.sas.hub.slot;

/** The closed list of tolerances that a descriptor may name; only the judge (room {@code rule}) applies them. */
public enum Quirk {
    /** Instants have no offset and are in the place's local time. */
    TIMES_WITHOUT_ZONE,
    /** Instants carry the winter (or the summer) offset all year; the local time is right, the offset is not. */
    WRONG_SEASONAL_OFFSET,
    /** {@code total} counts every entry, not only the Slots. */
    TOTAL_COUNTS_EVERYTHING
}
