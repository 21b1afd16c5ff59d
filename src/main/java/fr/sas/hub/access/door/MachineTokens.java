package fr.sas.hub.access.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Tokens signed by the configured issuer for a machine (client credentials, RFC 6749 §4.4, RFC 9068): Spring Security
 * checks the signature against the issuer's published keys, the issuer, the audience and the validity period. The
 * issuer's metadata is fetched when the first token arrives.
 */
@Component
class MachineTokens {

    /** How long an issuer that did not answer is left alone. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

    private final JwtSettings settings;
    private final Clock clock;
    private final RestTemplateBuilder http;
    private volatile @Nullable NimbusJwtDecoder decoder;
    private volatile Instant silentUntil = Instant.MIN;

    MachineTokens(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http =
                new RestTemplateBuilder().connectTimeout(Duration.ofSeconds(2)).readTimeout(Duration.ofSeconds(3));
    }

    /** The result of reading a token. */
    sealed interface TokenAnswer {
        /** @param client the issuer's name for the machine */
        record KnownMachine(String client) implements TokenAnswer {}

        record InvalidToken() implements TokenAnswer {}

        /** The issuer's keys are currently unavailable. */
        record NotNow() implements TokenAnswer {}
    }

    /** Whether it could be such a token; anything else is not examined. */
    boolean isLike(String token) {
        int first = token.indexOf('.');
        return !settings.issuer().isBlank() && first > 0 && token.indexOf('.', first + 1) > 0;
    }

    TokenAnswer read(String token) {
        try {
            NimbusJwtDecoder reading = decoder();
            return reading == null ? new TokenAnswer.NotNow() : answer(reading.decode(token));
        } catch (BadJwtException e) {
            return new TokenAnswer.InvalidToken();
        } catch (JwtException | IllegalArgumentException | IllegalStateException e) {
            silentUntil = clock.instant().plus(PAUSE);
            return new TokenAnswer.NotNow();
        }
    }

    private static TokenAnswer answer(Jwt token) {
        return Stream.of("azp", "client_id")
                .map(token::getClaimAsString)
                .filter(Objects::nonNull)
                .findFirst()
                .<TokenAnswer>map(TokenAnswer.KnownMachine::new)
                .orElseGet(TokenAnswer.InvalidToken::new);
    }

    /** Null while the issuer is left alone. */
    private @Nullable NimbusJwtDecoder decoder() {
        NimbusJwtDecoder known = decoder;
        if (known == null && !clock.instant().isBefore(silentUntil)) {
            known = NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                    .jwsAlgorithms(taken -> taken.addAll(ALGORITHMS))
                    .restOperations(http.build())
                    .build();
            known.setJwtValidator(valid());
            decoder = known;
        }
        return known;
    }

    private OAuth2TokenValidator<Jwt> valid() {
        JwtTimestampValidator times = new JwtTimestampValidator(Duration.ofSeconds(30));
        times.setClock(clock);
        return new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtClaimValidator<Instant>("exp", Objects::nonNull),
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(settings.audience())),
                // a token that the issuer gives a browser to identify a user (OpenID Connect) is not a token for a
                // machine
                new JwtClaimValidator<String>("typ", type -> type == null || type.equals("Bearer")),
                new JwtClaimValidator<String>("nonce", Objects::isNull));
    }
}
