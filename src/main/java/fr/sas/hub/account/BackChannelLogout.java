package fr.sas.hub.account;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The provider reports that someone has signed out there, and their sessions here end (OpenID Connect Back-Channel
 * Logout 1.0). Replaces Spring Security's filter, which fetches the provider's keys for every call and waits for as
 * long as that takes.
 */
class BackChannelLogout extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(BackChannelLogout.class);
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final RequestMatcher ADDRESS =
            withDefaults().matcher(HttpMethod.POST, "/logout/connect/back-channel/" + IdentityProvider.ID);

    private final IdentityProvider provider;
    private final ProviderSessions sessions;
    private final ProviderDecoder decoder = new ProviderDecoder(BackChannelLogout::decoder);

    BackChannelLogout(IdentityProvider provider, ProviderSessions sessions) {
        this.provider = provider;
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ADDRESS.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        String token = request.getParameter("logout_token");
        try {
            sessions.removeSessionInformation(read(token == null ? "" : token));
        } catch (BadJwtException e) {
            log.info("An invalid logout token: {}", e.getMessage());
            refuse(response, "invalid_request");
        } catch (JwtException | IdentityProvider.Silence e) {
            log.warn(
                    "Someone signed out at the provider, but the keys it signs with cannot be fetched: {}",
                    e.getMessage());
            refuse(response, "temporarily_unavailable");
        }
    }

    /** 400 whatever went wrong (§2.8). */
    private static void refuse(HttpServletResponse response, String error) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write("{\"error\": \"" + error + "\"}");
    }

    private OidcLogoutToken read(String token) {
        Jwt jwt = decoder.of(Objects.requireNonNull(provider.findByRegistrationId(IdentityProvider.ID)))
                .decode(token);
        return OidcLogoutToken.withTokenValue(token)
                .claims(claims -> claims.putAll(jwt.getClaims()))
                .build();
    }

    private static JwtDecoder decoder(ClientRegistration provider) {
        NimbusJwtDecoder decoder = IdentityProvider.signed(provider)
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                        null, JOSEObjectType.JWT, new JOSEObjectType("logout+jwt"))))
                .build();
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(validator(provider));
        return decoder;
    }

    /** The checks of §2.6. */
    private static OAuth2TokenValidator<Jwt> validator(ClientRegistration provider) {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(provider.getProviderDetails().getIssuerUri()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(provider.getClientId())),
                new JwtClaimValidator<>("iat", Objects::nonNull),
                new JwtClaimValidator<>("jti", Objects::nonNull),
                new JwtClaimValidator<>("events", events -> events instanceof Map<?, ?> all && all.containsKey(EVENT)),
                new JwtClaimValidator<>("nonce", Objects::isNull),
                BackChannelLogout::namesSomeone);
    }

    private static OAuth2TokenValidatorResult namesSomeone(Jwt token) {
        return token.hasClaim("sub") || token.hasClaim("sid")
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "neither sub nor sid", null));
    }
}
