package fr.sas.hub.account;

import java.io.Serial;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who signed in, as their session keeps it on every node: the account, and what the provider signed. */
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

    /** The account that a page is shown to. */
    static UUID accountOf(Authentication signedIn) {
        if (signedIn.getPrincipal() instanceof SignedIn person) {
            return person.account;
        }
        throw new IllegalStateException("A page of the personal space is opened to who signed in only");
    }
}
