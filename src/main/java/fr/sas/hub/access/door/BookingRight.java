package fr.sas.hub.access.door;

/** What a caller may do with bookings beyond its role: {@code hub.clients[*].bookings}. */
public enum BookingRight {
    /** Books slots and ranges of agendas, for the platform. */
    WRITE
}
