package fr.sas.hub.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * ID tokens are checked as Spring Security checks them (OpenID Connect Core 1.0 §3.1.3.7), but nobody waits long for the keys.
 */
@Component
class IdTokens implements JwtDecoderFactory<ClientRegistration> {

    private record Known(ClientRegistration provider, JwtDecoder decoder) {}

    private volatile @Nullable Known known;

    @Override
    public JwtDecoder createDecoder(ClientRegistration provider) {
        Known last = known;
        if (last == null || last.provider() != provider) {
            last = new Known(provider, decoder(provider));
            known = last;
        }
        return last.decoder();
    }

    private static JwtDecoder decoder(ClientRegistration provider) {
        NimbusJwtDecoder decoder = IdentityProvider.signed(provider).build();
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new OidcIdTokenValidator(provider)));
        return decoder;
    }
}
