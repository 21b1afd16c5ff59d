package fr.sas.hub.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.mail.Mails;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Users of the Keycloak at which people sign in, through its administration API, as a client with its own credentials.
 */
@Component
class KeycloakUsers {

    private static final Logger log = LoggerFactory.getLogger(KeycloakUsers.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(20);

    private final SignInSettings signIn;
    private final KeycloakSettings settings;
    private final Environment environment;
    private final Mails mails;
    private final Clock clock;
    private final RestClient http;
    private volatile @Nullable Token token;

    KeycloakUsers(SignInSettings signIn, KeycloakSettings settings, Environment environment, Mails mails, Clock clock) {
        this.signIn = signIn;
        this.mails = mails;
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    private record Token(String value, Instant until) {}

    /**
     * What Keycloak is to store about a person.
     *
     * @param email empty to keep the one it has
     * @param unverified whether the address has not been verified yet
     */
    record KeycloakUserState(String email, String family, String given, boolean closed, boolean unverified) {

        Map<String, Object> asUser() {
            Map<String, Object> user =
                    new HashMap<>(Map.of("firstName", given, "lastName", family, "enabled", !closed));
            if (!email.isEmpty()) {
                user.put("username", email);
                user.put("email", email);
            }
            if (unverified) {
                user.put("emailVerified", false);
            }
            return user;
        }

        /** For another user of the same person: everything but the address, which only one user can have. */
        KeycloakUserState besides() {
            return new KeycloakUserState("", family, given, closed, false);
        }
    }

    boolean isSetUp() {
        return signIn.issuer() != null && settings.clientId() != null;
    }

    String issuer() {
        return Objects.requireNonNull(signIn.issuer()).toString();
    }

    /**
     * The id of the user with this address, which is the subject when they sign in. A user who entered the address
     * without verifying it is not accepted as its owner and is deleted to free the address.
     */
    Optional<String> findByEmail(String email) {
        JsonNode found = find(email);
        if (found.isMissingNode()) {
            return Optional.empty();
        }
        String id = found.path("id").asText();
        if (found.path("emailVerified").asBoolean()) {
            return Optional.of(id);
        }
        delete(id);
        return Optional.empty();
    }

    /** The id of the user with this address, verified or not. */
    Optional<String> holderOf(String email) {
        JsonNode found = find(email);
        return found.isMissingNode()
                ? Optional.empty()
                : Optional.of(found.path("id").asText());
    }

    private JsonNode find(String email) {
        JsonNode found = calling(bearer -> http.get()
                .uri(users() + "?exact=true&email={email}", email)
                .headers(headers -> headers.setBearerAuth(bearer))
                .retrieve()
                .body(JsonNode.class));
        return found == null ? MissingNode.getInstance() : found.path(0);
    }

    private void delete(String id) {
        calling(bearer -> http.delete()
                .uri(users() + "/{id}", id)
                .headers(headers -> headers.setBearerAuth(bearer))
                .retrieve()
                .toBodilessEntity());
    }

    /**
     * A new user has neither password nor card, so the account can first be opened only through a link sent to its
     * mailbox: the address therefore counts as verified.
     *
     * @return the id
     */
    String create(KeycloakUserState state) {
        Map<String, Object> user = state.asUser();
        user.put("emailVerified", true);
        ResponseEntity<Void> made = calling(bearer -> http.post()
                .uri(users())
                .headers(headers -> headers.setBearerAuth(bearer))
                .contentType(MediaType.APPLICATION_JSON)
                .body(user)
                .retrieve()
                .toBodilessEntity());
        String location = Objects.requireNonNull(made.getHeaders().getLocation(), "Location")
                .getPath();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void update(String id, KeycloakUserState state) {
        calling(bearer -> http.put()
                .uri(users() + "/{id}", id)
                .headers(headers -> headers.setBearerAuth(bearer))
                .contentType(MediaType.APPLICATION_JSON)
                .body(state.asUser())
                .retrieve()
                .toBodilessEntity());
    }

    /**
     * Has Keycloak send a mail with a link to set a first password, which also verifies the address. Its last page
     * leads to the sign-in here, except for a realm imported before it allowed that address.
     */
    void invite(String id) {
        Optional<String> way = mails.findFrontPage().map(pages -> pages + SignInPage.LEAVE);
        try {
            invite(id, way);
        } catch (HttpClientErrorException.BadRequest e) {
            if (way.isEmpty()) {
                throw e;
            }
            log.warn(
                    "Keycloak does not lead people back to the hub after a first password, see keycloak/README.md: {}",
                    e.getMessage());
            invite(id, Optional.empty());
        }
    }

    private void invite(String id, Optional<String> way) {
        URI address = UriComponentsBuilder.fromUriString(users())
                .path("/{id}/execute-actions-email")
                .queryParam("client_id", signIn.clientId())
                .queryParam("lifespan", settings.invitation().toSeconds())
                .queryParamIfPresent("redirect_uri", way)
                .encode()
                .buildAndExpand(id)
                .toUri();
        calling(bearer -> http.put()
                .uri(address)
                .headers(headers -> headers.setBearerAuth(bearer))
                .contentType(MediaType.APPLICATION_JSON)
                .body(List.of("UPDATE_PASSWORD"))
                .retrieve()
                .toBodilessEntity());
    }

    /** When the present password was set; empty if the user has none, or is no longer known. */
    Optional<Instant> passwordSince(String id) {
        try {
            JsonNode credentials = calling(bearer -> http.get()
                    .uri(users() + "/{id}/credentials", id)
                    .headers(headers -> headers.setBearerAuth(bearer))
                    .retrieve()
                    .body(JsonNode.class));
            return credentials == null
                    ? Optional.empty()
                    : StreamSupport.stream(credentials.spliterator(), false)
                            .filter(each -> each.path("type").asText().equals("password"))
                            .findFirst()
                            .map(each -> Instant.ofEpochMilli(
                                    each.path("createdDate").asLong()));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    private interface Call<T> {
        T with(String bearer);
    }

    /** If Keycloak no longer accepts the token, it is dropped, and the next call requests a new one. */
    private <T> T calling(Call<T> call) {
        try {
            return call.with(bearer());
        } catch (HttpClientErrorException.Unauthorized e) {
            token = null;
            throw e;
        }
    }

    private String bearer() {
        Token known = token;
        if (known == null || known.until().isBefore(clock.instant())) {
            known = fetch();
            token = known;
        }
        return known.value();
    }

    private Token fetch() {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "client_credentials");
        form.add("client_id", settings.clientId());
        form.add("client_secret", secret());
        JsonNode answer = http.post()
                .uri(realm() + "/protocol/openid-connect/token")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(JsonNode.class);
        if (answer == null || !answer.path("access_token").isTextual()) {
            throw new RestClientException("Keycloak issued no token");
        }
        return new Token(
                answer.path("access_token").asText(),
                clock.instant()
                        .plusSeconds(answer.path("expires_in").asLong(60))
                        .minus(BEFORE_EXPIRY));
    }

    private String secret() {
        String name = settings.clientSecret();
        String secret = name == null ? null : environment.getProperty("hub.secrets." + name);
        if (secret == null) {
            throw new RestClientException(
                    "hub.keycloak.client-secret does not name a secret of hub.secrets: Keycloak cannot be notified");
        }
        return secret;
    }

    private String realm() {
        URI url = settings.url();
        return url == null ? issuer() : url.toString();
    }

    /** {@code https://host/realms/sas} is administered at {@code https://host/admin/realms/sas}. */
    private String users() {
        return realm().replaceFirst("/realms/(?=[^/]+$)", "/admin/realms/") + "/users";
    }
}
