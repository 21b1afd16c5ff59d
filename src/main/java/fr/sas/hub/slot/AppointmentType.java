package fr.sas.hub.slot;

/** Whether a slot is booked ahead or walked into: HL7 v2 table 0276; the names are the codes on the wire. */
public enum AppointmentType {
    ROUTINE,
    WALKIN
}
