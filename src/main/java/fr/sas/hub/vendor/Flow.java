package fr.sas.hub.vendor;

/** What a vendor serves (DOMAIN §4). */
public enum Flow {
    /** INT_R01: slots of individual practitioners. */
    INDIVIDUAL,
    /** INT_R04: the same search with the CPTS includes; a vendor that serves it is asked this way only. */
    CPTS,
    /** SOS Médecins: schedules of fixed consultation sites, asked by association. */
    SOS,
    /** SMART Scheduling Links: everything as NDJSON files that a manifest names; what is in them becomes one of the above. */
    BULK_PUBLISH
}
