package fr.sas.hub.account;

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
 * Checks ID tokens as Spring Security does (OpenID Connect Core 1.0 §3.1.3.7), but never waits long for the keys.
 */
@Component
class IdTokens implements JwtDecoderFactory<ClientRegistration> {

    private final ProviderDecoder decoder = new ProviderDecoder(IdTokens::decoder);

    @Override
    public JwtDecoder createDecoder(ClientRegistration provider) {
        return decoder.of(provider);
    }

    private static JwtDecoder decoder(ClientRegistration provider) {
        NimbusJwtDecoder decoder = IdentityProvider.signed(provider).build();
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new OidcIdTokenValidator(provider)));
        return decoder;
    }
}
