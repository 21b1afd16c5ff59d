package fr.sas.hub.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose signed tokens machines may show.
 *
 * @param issuer empty: nobody's; in {@code application.yaml} the provider at which people sign in
 * @param audience that a token must be for
 */
@ConfigurationProperties("hub.access.jwt")
record JwtSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("sas-hub") String audience) {}
