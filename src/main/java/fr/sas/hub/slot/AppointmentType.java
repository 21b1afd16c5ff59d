package fr.sas.hub.slot;

/**
 * Whether a slot must be booked in advance or accepts walk-ins: HL7 v2 table 0276; the names are the codes on the wire.
 */
public enum AppointmentType {
    ROUTINE,
    WALKIN
}
