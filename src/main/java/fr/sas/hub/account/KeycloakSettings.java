package fr.sas.hub.account;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub takes care of accounts at the Keycloak where people sign in ({@code hub.sign-in.issuer}).
 *
 * @param url of the realm, as the hub reaches it; null: that of {@code hub.sign-in.issuer}
 * @param clientId of its own client there, with the right to manage users; null: Keycloak is told nothing
 * @param clientSecret the name of its secret, kept in {@code hub.secrets.<name>}
 * @param invitation how long the link to a first password is good
 * @param noticeAfter a password as old is soon to expire: its owner is told (guides 002 and 003, 1.3)
 */
@ConfigurationProperties("hub.keycloak")
record KeycloakSettings(
        @Nullable URI url,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue("72h") Duration invitation,
        @DefaultValue("90d") Duration noticeAfter) {}
