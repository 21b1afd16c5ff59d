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
 * The one provider at which people sign in. What it publishes of itself (OpenID Connect Discovery 1.0) is read when the first
 * of them comes, so that the hub starts, and serves machines, while it is away. Nobody waits long for it: after a silence
 * it is left alone for some seconds.
 */
@Component
class IdentityProvider implements ClientRegistrationRepository, Iterable<ClientRegistration> {

    private static final Logger log = LoggerFactory.getLogger(IdentityProvider.class);

    /** As it stands in addresses, such as {@code /login/oauth2/code/identite}. */
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

    /** It does not say what it is, or not what OpenID Connect wants. */
    static class Silence extends IllegalStateException {
        Silence(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** For every request to it: a provider that takes one and does not answer holds nobody. */
    static ClientHttpRequestFactory line() {
        var line = new SimpleClientHttpRequestFactory();
        line.setConnectTimeout(CONNECTING);
        line.setReadTimeout(ANSWERING);
        return line;
    }

    /** Reads what it signed, by the keys that it publishes. */
    static NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder signed(ClientRegistration provider) {
        return NimbusJwtDecoder.withJwkSetUri(provider.getProviderDetails().getJwkSetUri())
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .restOperations(new RestTemplate(line()));
    }

    boolean isSetUp() {
        return settings.issuer() != null;
    }

    /** Whether people can be sent there now; asks it when nothing is known of it yet. */
    boolean answers() {
        try {
            return findByRegistrationId(ID) != null;
        } catch (Silence e) {
            return false;
        }
    }

    /** @throws Silence when the provider does not say what it is */
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
                throw new IllegalArgumentException("it says that it is another issuer");
            }
            return ClientRegistrations.fromOidcConfiguration(metadata);
        } catch (RestClientException | IllegalArgumentException e) {
            silentUntil = clock.instant().plus(PAUSE);
            log.warn("{} does not say how people sign in there: {}", issuer, e.getMessage());
            throw new Silence(issuer + " does not say how people sign in there", e);
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

    /** Nothing to list before anybody was sent there: Spring Security would ask the provider while the hub starts. */
    @Override
    public Iterator<ClientRegistration> iterator() {
        ClientRegistration known = discovered;
        return known == null
                ? List.<ClientRegistration>of().iterator()
                : List.of(known).iterator();
    }
}
