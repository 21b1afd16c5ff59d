package fr.sas.hub.access.door;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The signed tokens accepted from machines.
 *
 * @param issuer empty: none accepted; in {@code application.yaml} the provider at which people sign in
 * @param audience the audience that a token must have
 */
@ConfigurationProperties("hub.access.jwt")
record JwtSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("sas-hub") String audience) {}
