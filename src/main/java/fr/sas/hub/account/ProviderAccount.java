package fr.sas.hub.account;

import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Where people change the data that the provider keeps: their address and their password. */
@Service
public class ProviderAccount {

    private final SignInSettings settings;

    ProviderAccount(SignInSettings settings) {
        this.settings = settings;
    }

    /** Where the address is changed; empty if not configured, as with Pro Santé Connect itself. */
    public Optional<URI> address() {
        return Optional.ofNullable(settings.accountPage());
    }

    /** Where the password is changed: on a separate page in a realm of Keycloak, otherwise on the same one. */
    public Optional<URI> password() {
        return address().map(page -> isOfKeycloak(page) ? URI.create(page + "/account-security/signing-in") : page);
    }

    private boolean isOfKeycloak(URI page) {
        return settings.issuer() != null && page.toString().equals(settings.issuer() + "/account");
    }
}
