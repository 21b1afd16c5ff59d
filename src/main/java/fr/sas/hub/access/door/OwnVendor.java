package fr.sas.hub.access.door;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;

/** A vendor sees only its own data; ops see every vendor. */
final class OwnVendor {

    private OwnVendor() {}

    static AuthorizationDecision decide(@Nullable Authentication authentication, @Nullable String vendor) {
        return new AuthorizationDecision(authentication != null
                && authentication.getPrincipal() instanceof Caller caller
                && (caller.role() == Role.OPS
                        || (caller.vendor() != null && caller.vendor().name().equals(vendor))));
    }
}
