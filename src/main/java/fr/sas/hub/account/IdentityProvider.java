package fr.sas.hub.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The one provider at which people sign in. Its metadata (OpenID Connect Discovery 1.0) is read at the first sign-in,
 * so that the hub starts, and serves machines, while the provider is down. Nobody waits long for it: if it does not
 * answer, it is not asked again for a few seconds.
 */
@Component
class IdentityProvider implements ClientRegistrationRepository, Iterable<ClientRegistration> {

    private static final Logger log = LoggerFactory.getLogger(IdentityProvider.class);

    /** As it appears in addresses, such as {@code /login/oauth2/code/identite}. */
    static final String ID = "identite";

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ANSWERING = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
            new ParameterizedTypeReference<>() {};

    private final SignInSettings settings;
    private final Environment environment;
    private final Clock clock;
    private volatile @Nullable ClientRegistration discovered;
    private volatile Instant silentUntil = Instant.MIN;

    IdentityProvider(SignInSettings settings, Environment environment, Clock clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /** The provider does not answer, or its metadata is not what OpenID Connect requires. */
    static class Silence extends IllegalStateException {
        Silence(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * For every request to the provider, so that one that accepts connections but does not answer blocks nobody for
     * long.
     */
    static ClientHttpRequestFactory line() {
        var line = new SimpleClientHttpRequestFactory();
        line.setConnectTimeout(CONNECTING);
        line.setReadTimeout(ANSWERING);
        return line;
    }

    /** Verifies what the provider signed with the keys it publishes. */
    static NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder signed(ClientRegistration provider) {
        return NimbusJwtDecoder.withJwkSetUri(provider.getProviderDetails().getJwkSetUri())
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .restOperations(new RestTemplate(line()));
    }

    boolean isSetUp() {
        return settings.issuer() != null;
    }

    /** Whether people can be sent there now; asks the provider if its metadata is not known yet. */
    boolean answers() {
        try {
            return findByRegistrationId(ID) != null;
        } catch (Silence e) {
            return false;
        }
    }

    /** @throws Silence if the provider's metadata cannot be read */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID) || settings.issuer() == null) {
            return null;
        }
        ClientRegistration known = discovered;
        if (known == null) {
            known = discover(settings.issuer().toString());
            discovered = known;
        }
        return known;
    }

    private ClientRegistration discover(String issuer) {
        if (clock.instant().isBefore(silentUntil)) {
            throw new Silence(issuer + " did not answer a moment ago", null);
        }
        Optional<String> secret = Optional.ofNullable(settings.clientSecret()).map(this::secret);
        return published(issuer)
                .registrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(secret.orElse(""))
                .clientAuthenticationMethod(
                        secret.isPresent()
                                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                                : ClientAuthenticationMethod.NONE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(settings.scopes())
                .build();
    }

    private ClientRegistration.Builder published(String issuer) {
        try {
            Map<String, Object> metadata = RestClient.builder()
                    .requestFactory(line())
                    .build()
                    .get()
                    .uri(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration")
                    .retrieve()
                    .body(METADATA);
            if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
                throw new IllegalArgumentException("its metadata names another issuer");
            }
            return ClientRegistrations.fromOidcConfiguration(metadata);
        } catch (RestClientException | IllegalArgumentException e) {
            silentUntil = clock.instant().plus(PAUSE);
            log.warn("The metadata of the identity provider {} cannot be read: {}", issuer, e.getMessage());
            throw new Silence("The metadata of the identity provider " + issuer + " cannot be read", e);
        }
    }

    private String secret(String name) {
        String secret = environment.getProperty("hub.secrets." + name);
        if (secret == null) {
            throw new IllegalStateException(
                    "hub.sign-in.client-secret names the secret " + name + ": hub.secrets." + name + " is missing");
        }
        return secret;
    }

    /** Empty until the first sign-in: otherwise Spring Security would ask the provider while the hub starts. */
    @Override
    public Iterator<ClientRegistration> iterator() {
        ClientRegistration known = discovered;
        return known == null
                ? List.<ClientRegistration>of().iterator()
                : List.of(known).iterator();
    }
}
