package fr.sas.hub.vendor;

/** What a vendor serves (DOMAIN §4). */
public enum Flow {
    /** INT_R01: slots of individual practitioners. */
    INDIVIDUAL,
    /** INT_R04: the same search with the CPTS includes; a vendor that supports it receives this search only. */
    CPTS,
    /** SOS Médecins: schedules of fixed consultation sites, requested by association. */
    SOS,
    /**
     * SMART Scheduling Links: everything as NDJSON files named in a manifest; their contents become one of the above.
     */
    BULK_PUBLISH
}
