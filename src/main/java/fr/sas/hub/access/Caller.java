package fr.sas.hub.access;

import fr.sas.hub.slot.Source;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a configured client, by token or certificate.
 *
 * @param vendor the vendor it speaks for; null for every other role
 * @param writesBookings whether it books slots and ranges of agendas
 */
public record Caller(String id, Role role, @Nullable Source vendor, boolean writesBookings) implements Principal {

    @Override
    public String getName() {
        return id;
    }
}
