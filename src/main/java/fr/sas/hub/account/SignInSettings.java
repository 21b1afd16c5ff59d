package fr.sas.hub.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.sign-in}: where people sign in (DESIGN §10).
 *
 * @param issuer of the OpenID Connect provider; null: nobody can sign in, and pages say so
 * @param clientId the hub's client id there
 * @param clientSecret the name of its secret, kept in {@code hub.secrets.<name>}; null for a public client
 * @param nationalIdClaim the claim with a practitioner's national id, including the prefix
 * @param scopes to request; Pro Santé Connect itself requires {@code openid, scope_all}
 * @param acrValues to request; Pro Santé Connect itself requires {@code eidas1}; null for none
 * @param passwords whether the provider also supports passwords, as the realm in {@code keycloak/} does
 * @param proSanteConnectHint the alias under which the provider brokers Pro Santé Connect ({@code kc_idp_hint}); null
 *     if the provider is Pro Santé Connect itself, or has its own page to choose from
 * @param sessionLife after which people have to sign in again, even while active
 * @param accountPage where the provider lets people change their address and password, in a realm of Keycloak {@code
 *     <issuer>/account}; null if there is none
 */
@ConfigurationProperties("hub.sign-in")
record SignInSettings(
        @Nullable URI issuer,
        @DefaultValue("sas-hub") String clientId,
        @Nullable String clientSecret,
        @DefaultValue("SubjectNameID") String nationalIdClaim,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
        @Nullable String acrValues,
        @DefaultValue("true") boolean passwords,
        @Nullable String proSanteConnectHint,
        @DefaultValue("10h") Duration sessionLife,
        @Nullable URI accountPage) {}
