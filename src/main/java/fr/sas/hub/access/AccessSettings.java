package fr.sas.hub.access;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param requestLimit a request still waiting after this time is answered with 503
 * @param freeGuesses unknown tokens an address may send before it is limited to one a second
 * @param consoleTokens whether the console also accepts tokens, for emergencies in which nobody can sign in
 * @param crl file of certificate revocation lists, PEM or DER, reread when it changes; null: nothing is revoked
 */
@Validated
@ConfigurationProperties("hub.access")
public record AccessSettings(
        @DefaultValue("2m") @NotNull Duration requestLimit,
        @DefaultValue("60") @Min(1) int freeGuesses,
        @DefaultValue("true") boolean consoleTokens,
        @Nullable Path crl) {}
