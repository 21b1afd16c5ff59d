package fr.sas.hub.account;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The decoder of the only provider's tokens: it keeps the provider's keys, and is recreated when the provider changes. */
final class ProviderDecoder {

    private record CachedDecoder(ClientRegistration provider, JwtDecoder decoder) {}

    private final Function<ClientRegistration, JwtDecoder> decoders;
    private volatile @Nullable CachedDecoder last;

    ProviderDecoder(Function<ClientRegistration, JwtDecoder> decoders) {
        this.decoders = decoders;
    }

    JwtDecoder of(ClientRegistration provider) {
        CachedDecoder made = last;
        if (made == null || made.provider() != provider) {
            made = new CachedDecoder(provider, decoders.apply(provider));
            last = made;
        }
        return made.decoder();
    }
}
