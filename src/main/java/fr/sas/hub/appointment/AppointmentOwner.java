package fr.sas.hub.appointment;

import fr.sas.hub.access.Caller;
import fr.sas.hub.slot.Source;
import org.jspecify.annotations.Nullable;

/**
 * Whose appointment it is: a vendor's, or a client's of the platform. The same identifier from two owners names two
 * appointments.
 *
 * @param client who wrote; of a vendor it may be another one the next time
 * @param vendor null for the platform
 */
public record AppointmentOwner(String client, @Nullable Source vendor) {

    static AppointmentOwner of(Caller caller) {
        return new AppointmentOwner(caller.id(), caller.vendor());
    }

    /** Stable, and different for every owner. */
    public String key() {
        return vendor == null ? "client/" + client : "vendor/" + vendor.name();
    }
}
