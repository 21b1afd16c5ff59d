package fr.sas.hub.rule;

/** What breaking a rule costs. */
public enum Severity {
    /** The entry, or the whole answer, is not used; it must be corrected. */
    REJECTED,
    /** The slot is right, and not for display. */
    WITHHELD,
    /** The slot is shown without the part in question; it should be corrected. */
    NOTED,
    /** Understood all the same; the guide says otherwise. */
    TOLERATED;

    /** Whether a slot that breaks it, or needs what breaks it, is not shown. */
    public boolean costsSlots() {
        return this == REJECTED || this == WITHHELD;
    }

    /** Whether a conformance check fails by it, rather than warns. */
    public boolean fails() {
        return this == REJECTED || this == NOTED;
    }
}
