package fr.sas.hub.lrm;

/** What kind of offer a patient was sent to; the names are those of the wire. */
public enum Orientation {
    /** A practitioner. */
    PS,
    SOS,
    /** Out-of-hours care in a fixed place: nothing the hub is told says so, see docs/decisions/0021. */
    PDM,
    CPTS,
    /** A health centre. */
    CDS,
    MSP
}
