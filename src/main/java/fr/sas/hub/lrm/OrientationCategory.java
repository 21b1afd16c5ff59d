package fr.sas.hub.lrm;

/** The kind of care a patient was referred to; the names are those on the wire. */
public enum OrientationCategory {
    /** A practitioner. */
    PS,
    SOS,
    /** Out-of-hours care at a fixed place: nothing sent to the hub indicates it, see docs/decisions/0021. */
    PDM,
    CPTS,
    /** A health centre. */
    CDS,
    MSP
}
