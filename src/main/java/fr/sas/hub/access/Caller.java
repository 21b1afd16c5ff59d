package fr.sas.hub.access;

import fr.sas.hub.slot.Source;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a configured client, by token or certificate.
 *
 * @param vendor the vendor it speaks for; null for every other role
 */
public record Caller(String id, Role role, @Nullable Source vendor) implements Principal {

    @Override
    public String getName() {
        return id;
    }
}
