package fr.sas.hub.access;

import fr.sas.hub.slot.Source;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who calls: a configured client, by token or certificate, and the person for whom it does.
 *
 * @param vendor the vendor it speaks for; null for every other role
 * @param writesBookings whether it books slots and ranges of agendas
 * @param person null when the client calls for itself, as the platform does
 */
public record Caller(
        String id,
        Role role,
        @Nullable Source vendor,
        boolean writesBookings,
        @Nullable Person person) implements Principal {

    /** Who calls in the request that this thread serves; empty outside of requests, where the hub acts by itself. */
    public static Optional<Caller> current() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    @Override
    public String getName() {
        return id;
    }
}
