package fr.sas.hub.access.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Machines show who they are by a client certificate or by a token that the issuer signed (DESIGN §10), over real TLS. */
@HubTest
class MachinesTest {

    private static final String SEARCH = "/fhir/Slot/nobody";
    private static final String PLATFORM = "CN=plateforme, OU=SAS, O=Agence, C=FR";
    private static final String OF_ANY_AUTHORITY = "CN=supervision, O=Agence";
    private static final String HERE = "dns:localhost,ip:127.0.0.1";
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Autorité des machines, O=SAS");
    private static final TestAuthority OTHER = new TestAuthority("CN=Autre autorité, O=SAS");
    private static final TestAuthority STRANGER = new TestAuthority("CN=Inconnue");
    private static final Path OWN = AUTHORITY.issue("CN=localhost", HERE, 365);
    private static final Path TRUST = AUTHORITY.trust(OTHER);
    private static final Path NOBODY = AUTHORITY.revoke();
    private static final Path REVOKED = AUTHORITY.revoke();
    private static final MockOAuth2Server ISSUER = new MockOAuth2Server();

    @DynamicPropertySource
    static void machines(DynamicPropertyRegistry settings) {
        ISSUER.start();
        settings.add("server.ssl.bundle", () -> "hub");
        settings.add("spring.ssl.bundle.watch.file.quiet-period", () -> "50ms");
        settings.add("spring.ssl.bundle.jks.hub.reload-on-update", () -> "true");
        settings.add("spring.ssl.bundle.jks.hub.keystore.location", () -> "file:" + OWN);
        settings.add("spring.ssl.bundle.jks.hub.keystore.password", () -> TestAuthority.PASSWORD);
        settings.add("spring.ssl.bundle.jks.hub.truststore.location", () -> "file:" + TRUST);
        settings.add("spring.ssl.bundle.jks.hub.truststore.password", () -> TestAuthority.PASSWORD);
        settings.add("hub.access.console-tokens", () -> "false");
        settings.add("server.ssl.client-auth", () -> "want");
        settings.add("hub.access.crl", REVOKED::toString);
        settings.add("hub.access.jwt.issuer", () -> ISSUER.issuerUrl("machines").toString());
        settings.add("hub.clients[0].id", () -> "by-certificate");
        settings.add("hub.clients[0].role", () -> "search");
        settings.add("hub.clients[0].certificate-subject", () -> "c=fr,o=AGENCE , ou=Sas,CN=Plateforme");
        settings.add("hub.clients[0].certificate-issuer", () -> "O=SAS, CN=Autorité des machines");
        settings.add("hub.clients[1].id", () -> "by-jwt");
        settings.add("hub.clients[1].role", () -> "search");
        settings.add("hub.clients[1].jwt-client", () -> "recherche");
        settings.add("hub.clients[2].id", () -> "by-certificate-of-any-authority");
        settings.add("hub.clients[2].role", () -> "search");
        settings.add("hub.clients[2].certificate-subject", () -> OF_ANY_AUTHORITY);
        settings.add("hub.clients[3].id", () -> "test-ops");
        settings.add("hub.clients[3].role", () -> "ops");
        settings.add(
                "hub.clients[3].token-sha256",
                () -> "d5358c6f37116f90b77cf19897be3754e482496c1f115682d6bc0efb34c6a2ce");
    }

    @AfterAll
    static void issuer_stops() {
        ISSUER.shutdown();
    }

    @AfterEach
    void nobody_is_revoked_any_more() throws Exception {
        listed(NOBODY);
        await().until(() -> health().contains("\"UP\""));
    }

    @LocalServerPort
    int port;

    @Test
    void a_certificate_is_known_by_its_subject_in_any_spelling_and_by_who_issued_it() throws Exception {
        assertThat(status(AUTHORITY.issue(PLATFORM, HERE, 365)))
                .as("let in, and nothing there")
                .isEqualTo(404);
        assertThat(status(AUTHORITY.issue("CN=plateforme, OU=Autre, O=Agence, C=FR", HERE, 365)))
                .isEqualTo(401);
        assertThat(status(AUTHORITY.issue("CN=plateforme, OU=SAS, O=Agence, C=FR, L=Paris", HERE, 365)))
                .isEqualTo(401);
        assertThat(status(OTHER.issue(PLATFORM, HERE, 365)))
                .as("of an authority not named")
                .isEqualTo(401);
        assertThat(status(null)).isEqualTo(401);
    }

    @Test
    void a_certificate_that_ended_or_that_an_unknown_authority_issued_opens_no_connection() {
        assertThatThrownBy(() -> status(AUTHORITY.issue(PLATFORM, HERE, 90))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status(STRANGER.issue(PLATFORM, HERE, 365))).isInstanceOf(IOException.class);
    }

    @Test
    void a_certificate_counts_until_the_list_of_its_authority_names_it() throws Exception {
        Path certificate = AUTHORITY.issue(PLATFORM, HERE, 365);
        HttpClient open = client(certificate);
        assertThat(status(open, null)).isEqualTo(404);

        listed(AUTHORITY.revoke(TestAuthority.certificate(certificate)));

        await().until(() -> status(open, null) == 401);
        Files.writeString(REVOKED, "no list");
        await().until(() -> health().contains("cannot be used"));
        assertThat(status(AUTHORITY.issue(PLATFORM, HERE, 365)))
                .as("others go on")
                .isEqualTo(404);
        assertThat(status(certificate)).as("the last good list counts").isEqualTo(401);
    }

    @Test
    void the_own_certificate_renewed_on_disk_is_served_without_a_restart() throws Exception {
        Path renewed = AUTHORITY.issue("CN=localhost", HERE, 365);
        assertThat(served()).isNotEqualTo(TestAuthority.certificate(renewed));

        Files.copy(renewed, OWN, StandardCopyOption.REPLACE_EXISTING);

        await().atMost(Duration.ofSeconds(60)).until(() -> served().equals(TestAuthority.certificate(renewed)));
    }

    /** What a new connection sees. */
    private Certificate served() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/fhir/metadata"))
                .build();
        return client(null)
                .send(request, BodyHandlers.discarding())
                .sslSession()
                .orElseThrow()
                .getPeerCertificates()[0];
    }

    @Test
    void a_console_without_tokens_has_no_form_for_them_and_takes_none() throws Exception {
        String token = "test-ops";
        URI login = URI.create("https://localhost:" + port + "/ops/login");

        assertThat(client(null)
                        .send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString())
                        .body())
                .doesNotContain("type=\"password\"", "name=\"token\"");
        assertThat(client(null)
                        .send(
                                HttpRequest.newBuilder(login)
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(BodyPublishers.ofString("token=" + token))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
        assertThat(client(null)
                        .send(
                                HttpRequest.newBuilder(login.resolve("/ops/outbox"))
                                        .header("Cookie", "hub-ops=" + token)
                                        .build(),
                                BodyHandlers.discarding())
                        .headers()
                        .firstValue("Location"))
                .as("a cookie of before leads to the sign-in")
                .hasValueSatisfying(address -> assertThat(address).endsWith("/ops/login"));
        assertThat(byToken(token, "/ops/outbox"))
                .as("a program still shows its token")
                .isEqualTo(200);
    }

    @Test
    void a_list_that_only_bears_the_name_of_the_authority_revokes_nobody() throws Exception {
        Path certificate = AUTHORITY.issue(PLATFORM, HERE, 365);
        TestAuthority impostor = new TestAuthority("CN=Autorité des machines, O=SAS");

        listed(impostor.revoke(TestAuthority.certificate(certificate)));

        await().until(() -> health().contains("is not signed by it"));
        assertThat(status(certificate)).isEqualTo(404);
    }

    @Test
    void an_outdated_list_still_counts_and_health_says_that_it_is_to_be_renewed() throws Exception {
        Path certificate = AUTHORITY.issue(PLATFORM, HERE, 365);

        listed(AUTHORITY.revoke(20, TestAuthority.certificate(certificate)));

        await().until(() -> health().contains("outdated are the lists of"));
        assertThat(status(certificate)).isEqualTo(401);
        assertThat(status(AUTHORITY.issue(PLATFORM, HERE, 365)))
                .as("others go on")
                .isEqualTo(404);
        assertThat(status(client(null), null, "/actuator/health/readiness")).isEqualTo(200);
    }

    @Test
    void a_revoked_authority_in_between_takes_its_clients_along() throws Exception {
        TestAuthority between = AUTHORITY.between("CN=Autorité en dessous, O=SAS");
        Path client = between.issue(OF_ANY_AUTHORITY, HERE, 365);
        assertThat(status(client)).isEqualTo(404);

        listed(AUTHORITY.revoke(between.certificate()));

        await().until(() -> status(client) == 401);
        assertThat(showing(client, between.certificate(), STRANGER.certificate()))
                .as("with a stranger behind it")
                .isEqualTo(401);
        assertThat(status(AUTHORITY.issue(PLATFORM, HERE, 365))).isEqualTo(404);
    }

    @Test
    void a_revoked_certificate_is_refused_whatever_its_client_shows_beside_it_and_in_any_order() throws Exception {
        TestAuthority between = AUTHORITY.between("CN=Autorité à côté, O=SAS");
        Path below = between.issue(OF_ANY_AUTHORITY, HERE, 365);
        Path above = AUTHORITY.issue(PLATFORM, HERE, 365);
        Callable<List<Integer>> shown = () -> List.of(
                showing(above, STRANGER.certificate()),
                showing(below, STRANGER.certificate(), between.certificate()),
                showing(below, AUTHORITY.certificate(), between.certificate()));
        assertThat(shown.call()).as("TLS lets them in").containsExactly(404, 404, 404);

        listed(AUTHORITY.revoke(TestAuthority.certificate(above)), between.revoke(TestAuthority.certificate(below)));

        await().until(() -> status(below) == 401);
        assertThat(shown.call()).containsExactly(401, 401, 401);
    }

    @Test
    void what_a_client_shows_beside_its_path_may_have_ended_or_be_revoked() throws Exception {
        Path client = AUTHORITY.issue(PLATFORM, HERE, 365);
        Path revoked = OTHER.issue(OF_ANY_AUTHORITY, HERE, 365);
        X509Certificate alsoOfOther = OTHER.vouchFor(AUTHORITY, 365);

        listed(OTHER.revoke(TestAuthority.certificate(revoked), alsoOfOther));

        await().until(() -> status(revoked) == 401);
        assertThat(List.of(
                        showing(client, OTHER.vouchFor(AUTHORITY, 90)),
                        showing(
                                client,
                                AUTHORITY.certificate(),
                                TestAuthority.certificate(OTHER.issue("CN=x", HERE, 90))),
                        showing(client, alsoOfOther)))
                .containsExactly(404, 404, 404);
    }

    @Test
    void a_list_counts_for_an_authority_that_is_trusted_only_later() throws Exception {
        TestAuthority later = AUTHORITY.between("CN=Autorité de plus tard, O=SAS");
        Path revoked = later.issue(OF_ANY_AUTHORITY, HERE, 365);
        Path good = later.issue(OF_ANY_AUTHORITY, HERE, 365);
        listed(later.revoke(TestAuthority.certificate(revoked)));
        await().until(() -> status(revoked) == 401);
        assertThatThrownBy(() -> showing(good)).isInstanceOf(IOException.class);

        Files.move(
                AUTHORITY.trust(OTHER, later),
                TRUST,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> showing(good) == 404);
        assertThat(showing(revoked)).isEqualTo(401);
        listed(AUTHORITY.revoke(later.certificate()));
        await("trusted, and revoked by the authority above it").until(() -> showing(good) == 401);
    }

    /** The lists are in one file, which changes at once. */
    private static void listed(Path... lists) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path list : lists) {
            all.append(Files.readString(list)).append('\n');
        }
        Path next = Files.writeString(REVOKED.resolveSibling("next.pem"), all);
        Files.move(next, REVOKED, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What a client is answered that shows its own certificate and then these, and no more. */
    private int showing(Path own, X509Certificate... others) throws Exception {
        X509Certificate[] shown = Stream.concat(Stream.of(TestAuthority.certificate(own)), Stream.of(others))
                .toArray(X509Certificate[]::new);
        return status(
                HttpClient.newBuilder()
                        .sslContext(AUTHORITY.context(own, shown))
                        .build(),
                null);
    }

    /** As operations see it. */
    private String health() throws Exception {
        URI revocations = URI.create("https://localhost:" + port + "/actuator/health/revocations");
        return client(null)
                .send(
                        HttpRequest.newBuilder(revocations)
                                .header("Authorization", "Bearer test-ops")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void a_token_that_the_issuer_signed_for_a_machine_opens_its_door_and_no_other() throws Exception {
        String token = token("machines", "recherche", List.of("sas-hub"), Map.of(), 300);

        assertThat(byToken(token, SEARCH)).isEqualTo(404);
        assertThat(byToken(token, "/api/v1/connectors")).isEqualTo(403);
        assertThat(byToken(token, "/ops")).isEqualTo(403);
        assertThat(byToken(
                        token("machines", "recherche", List.of("account", "sas-hub"), Map.of("typ", "Bearer"), 300),
                        SEARCH))
                .isEqualTo(404);
    }

    @Test
    void a_token_of_another_machine_audience_issuer_or_time_opens_none() throws Exception {
        opensNone("a machine that no client is", token("machines", "autre", List.of("sas-hub"), Map.of(), 300));
        opensNone("another audience", token("machines", "recherche", List.of("account"), Map.of(), 300));
        opensNone(
                "another issuer with the same keys",
                token("elsewhere", "recherche", List.of("sas-hub"), Map.of(), 300));
        opensNone("expired", token("machines", "recherche", List.of("sas-hub"), Map.of(), -120));
        opensNone(
                "what tells a browser who signed in",
                token("machines", "recherche", List.of("sas-hub"), Map.of("typ", "ID", "nonce", "n"), 300));
    }

    @Test
    void a_token_that_nobody_signed_or_somebody_else_opens_none() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER.issuerUrl("machines").toString())
                .audience("sas-hub")
                .claim("azp", "recherche")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        SignedJWT byASecret = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        byASecret.sign(new MACSigner(new byte[32]));
        String good = token("machines", "recherche", List.of("sas-hub"), Map.of(), 300);
        String signature = good.substring(good.lastIndexOf('.'));

        opensNone("algorithm none", new PlainJWT(claims).serialize());
        opensNone("signed by a secret", byASecret.serialize());
        opensNone(
                "other claims under a good signature",
                good.split("\\.")[0] + "." + new PlainJWT(claims).serialize().split("\\.")[1] + signature);
    }

    private static String token(
            String issuer, String machine, List<String> audience, Map<String, Object> more, long seconds) {
        Map<String, Object> claims = new java.util.HashMap<>(more);
        claims.put("azp", machine);
        return ISSUER.issueToken(
                        issuer,
                        machine,
                        new DefaultOAuth2TokenCallback(issuer, "service", "JWT", audience, claims, seconds))
                .serialize();
    }

    private int byToken(String token, String path) throws Exception {
        return status(client(null), "Bearer " + token, path);
    }

    private void opensNone(String why, String token) throws Exception {
        assertThat(byToken(token, SEARCH)).as(why).isEqualTo(401);
        assertThat(byToken(token, "/api/v1/practitioners/810000077701")).as(why).isEqualTo(401);
    }

    private int status(@Nullable Path certificate) throws Exception {
        return status(client(certificate), null);
    }

    private int status(HttpClient client, @Nullable String authorization) throws Exception {
        return status(client, authorization, SEARCH);
    }

    private int status(HttpClient client, @Nullable String authorization, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpClient client(@Nullable Path certificate) {
        return HttpClient.newBuilder()
                .sslContext(AUTHORITY.context(certificate))
                .build();
    }
}
