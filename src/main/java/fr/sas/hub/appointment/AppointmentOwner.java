package fr.sas.hub.appointment;

import fr.sas.hub.access.Caller;
import fr.sas.hub.slot.Source;
import org.jspecify.annotations.Nullable;

/**
 * The owner of an appointment: a vendor, or a client of the platform. The same identifier from two owners designates
 * two appointments.
 *
 * @param client that wrote it; a vendor may write with another one next time
 * @param vendor null for the platform
 */
public record AppointmentOwner(String client, @Nullable Source vendor) {

    static AppointmentOwner of(Caller caller) {
        return new AppointmentOwner(caller.id(), caller.vendor());
    }

    /** Stable, and unique for every owner. */
    public String key() {
        return vendor == null ? "client/" + client : "vendor/" + vendor.name();
    }
}
