package fr.sas.hub.account;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.keycloak}: how the hub manages accounts at the Keycloak where people sign in ({@code hub.sign-in.issuer}).
 *
 * @param url of the realm, as the hub reaches it; null for {@code hub.sign-in.issuer}
 * @param clientId the hub's own client there, with the right to manage users; null: Keycloak is not notified
 * @param clientSecret the name of its secret, kept in {@code hub.secrets.<name>}
 * @param invitation how long the link to set a first password is valid
 * @param noticeAfter age at which a password is about to expire and its owner is notified (guides 002 and 003, 1.3)
 */
@ConfigurationProperties("hub.keycloak")
record KeycloakSettings(
        @Nullable URI url,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue("72h") Duration invitation,
        @DefaultValue("90d") Duration noticeAfter) {}
