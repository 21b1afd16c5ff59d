package fr.sas.hub.index;

/** How far a source's word is trusted at an instant. */
public enum SourceFreshness {
    FRESH,
    /** Not confirmed lately: shown, and tagged. */
    UNVERIFIED,
    /** Not confirmed for too long, or never: its slots are not shown. */
    HIDDEN,
    /** On trial, or gone: as if it said nothing, and not worth a word in an answer. */
    SILENT
}
