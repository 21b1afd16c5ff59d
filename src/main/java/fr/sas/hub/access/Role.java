package fr.sas.hub.access;

/** What a caller may do (DESIGN §2). */
public enum Role {
    /** Reads slots. */
    SEARCH,
    /** Writes what its own vendor may. */
    VENDOR,
    /** Settings and agenda of practitioners, on their behalf. */
    PORTAL,
    OPS
}
