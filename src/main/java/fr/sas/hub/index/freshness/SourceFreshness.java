package fr.sas.hub.index.freshness;

/** How far a source is trusted at an instant. */
public enum SourceFreshness {
    FRESH,
    /** Not confirmed recently: shown, and tagged. */
    UNVERIFIED,
    /** Not confirmed for too long, or never: its slots are not shown. */
    HIDDEN,
    /** On trial, or gone: as if it had reported nothing; not mentioned in answers. */
    SILENT
}
