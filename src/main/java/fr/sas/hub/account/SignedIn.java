package fr.sas.hub.account;

import java.io.Serial;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who is signed in, as stored in the session, for every node: the account, and what the provider signed. */
class SignedIn extends DefaultOidcUser {

    @Serial
    private static final long serialVersionUID = 1;

    private final UUID account;

    SignedIn(OidcUser user, UUID account) {
        super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
        this.account = account;
    }

    UUID account() {
        return account;
    }

    /** The account of the person to whom a page is shown. */
    static UUID accountOf(Authentication signedIn) {
        if (signedIn.getPrincipal() instanceof SignedIn person) {
            return person.account;
        }
        throw new IllegalStateException("Pages of the personal space require signing in");
    }
}
