package fr.sas.hub.rule;

/** The consequence of breaking a rule. */
public enum Severity {
    /** The entry, or the whole answer, is not used; it must be corrected. */
    REJECTED,
    /** The slot is right but must not be displayed. */
    WITHHELD,
    /** The slot is shown without the faulty part, which should be corrected. */
    NOTED,
    /** Understood all the same, although the guide says otherwise. */
    TOLERATED;

    /** Whether a slot that breaks the rule, or depends on a resource that does, is not shown. */
    public boolean costsSlots() {
        return this == REJECTED || this == WITHHELD;
    }

    /** Whether a conformance check fails on it, rather than warns. */
    public boolean fails() {
        return this == REJECTED || this == NOTED;
    }
}
