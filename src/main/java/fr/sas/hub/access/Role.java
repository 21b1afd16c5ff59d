package fr.sas.hub.access;

/** What a caller may do (DESIGN §2). */
public enum Role {
    /** Reads slots. */
    SEARCH,
    /** Writes its own vendor's data. */
    VENDOR,
    /** Manages settings and agendas of practitioners, on their behalf. */
    PORTAL,
    OPS
}
