package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * What the provider says about the person who signed in is checked (OpenID Connect Core 1.0 §3.1.3.7); what is not true
 * signs nobody in.
 */
@PeopleHubTest
class UntrueProviderTest {

    private static final String NORA = "nora.manager@exemple.fr";

    @LocalServerPort
    int port;

    @Autowired
    IdentityProvider provider;

    private HubClient platform;

    @BeforeEach
    void a_manager_who_may_sign_in() {
        await().until(provider::answers);
        platform = HubClient.at(port).as("test-portal");
        platform.put("/api/v1/facilities/1750000888", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        platform.post(
                "/api/v1/facilities/1750000888/managers",
                "{\"email\": \"" + NORA + "\", \"family\": \"MARTIN\", \"given\": \"Nora\"}");
    }

    @AfterEach
    void the_provider_is_itself_again() {
        SignInProvider.tampered().answer(null);
        SignInProvider.tampered().speak();
        await().until(provider::answers);
    }

    @Test
    void a_token_that_is_right_in_everything_signs_in() {
        PageReader nora = signIn(UnaryOperator.identity(), UntrueProviderTest::signed);

        assertThat(nora.open("/espace").uri().getPath()).isIn("/espace", "/conditions");
    }

    static Stream<Arguments> untrue() {
        Function<JWTClaimsSet, String> signed = UntrueProviderTest::signed;
        UnaryOperator<JWTClaimsSet.Builder> asItIs = UnaryOperator.identity();
        return Stream.of(
                Arguments.of("expired", change(c -> c.expirationTime(in(-300)).issueTime(in(-600))), signed),
                Arguments.of("without an end", change(c -> c.expirationTime(null)), signed),
                Arguments.of("for another client", change(c -> c.audience("account")), signed),
                Arguments.of(
                        "for others too, and not asked for by us",
                        change(c -> c.audience(List.of("sas-hub", "account")).claim("azp", "account")),
                        signed),
                Arguments.of("of another issuer", change(c -> c.issuer(SignInProvider.issuer() + "2")), signed),
                Arguments.of("answering another request", change(c -> c.claim("nonce", "other")), signed),
                Arguments.of("answering no request", change(c -> c.claim("nonce", null)), signed),
                Arguments.of("of nobody", change(c -> c.subject(null)), signed),
                Arguments.of("unsigned", asItIs, (Function<JWTClaimsSet, String>)
                        claims -> new PlainJWT(claims).serialize()),
                Arguments.of("signed by the secret that both know", asItIs, (Function<JWTClaimsSet, String>)
                        UntrueProviderTest::signedByTheSecret),
                Arguments.of("signed by a stranger with the name of the key", asItIs, (Function<JWTClaimsSet, String>)
                        UntrueProviderTest::signedByAStranger),
                Arguments.of("changed after it was signed", asItIs, (Function<JWTClaimsSet, String>)
                        UntrueProviderTest::changedAfterwards));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrue")
    void a_token_that_is_not_true_signs_nobody_in_and_the_person_is_told_on_a_page(
            String how, UnaryOperator<JWTClaimsSet.Builder> claims, Function<JWTClaimsSet, String> signing) {
        PageReader nora = signIn(claims, signing);

        HttpResponse<String> told = nora.shown();
        assertThat(told.uri().getPath()).as(how).isEqualTo("/connexion/refus");
        assertThat(told.body())
                .contains("<html lang=\"fr\"", "La connexion n&#39;a pas abouti", "href=\"/connexion/aller\"")
                .doesNotContain("Exception", "Whitelabel", "at fr.sas", "invalid_");
        assertThat(nora.open("/connexion/refus?langue=en").body()).contains("Sign-in failed");
        assertThat(nora.open("/espace").uri().getPath()).as("no session").isEqualTo("/connexion");
    }

    @Test
    void a_session_ends_ten_hours_after_the_sign_in_however_busy_it_is() {
        PageReader early = signIn(claims -> claims.issueTime(in(-9 * 3600)), UntrueProviderTest::signed);
        early.acceptTerms();
        assertThat(early.open("/espace").uri().getPath()).isEqualTo("/espace");

        PageReader late = signIn(claims -> claims.issueTime(in(-10 * 3600 - 1)), UntrueProviderTest::signed);

        assertThat(late.shown().body()).contains("Votre session a pris fin", "href=\"/connexion/aller\"");
        assertThat(late.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @ParameterizedTest
    @MethodSource("answersNobodyAskedFor")
    void an_answer_that_was_not_asked_for_signs_nobody_in(String answer) {
        SignInProvider.next("nora", SignInProvider.address(NORA, "Nora", "MARTIN"));
        PageReader nora = new PageReader(port);

        HttpResponse<String> told = nora.open("/login/oauth2/code/identite" + answer);

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("La connexion n&#39;a pas abouti").doesNotContain("Exception");
        assertThat(nora.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    static Stream<String> answersNobodyAskedFor() {
        return Stream.of(
                "?code=stolen",
                "?code=stolen&state=",
                "?code=stolen&state=forged",
                "?state=forged",
                "?error=access_denied&state=forged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/jwks", "/userinfo"})
    @Timeout(120)
    void a_provider_that_falls_silent_in_the_middle_is_told_and_the_others_of_the_hub_go_on(String address) {
        SignInProvider.tampered().fallSilentAt(address);

        PageReader nora = signIn(
                UnaryOperator.identity(),
                address.equals("/jwks") ? UntrueProviderTest::signedByANewKey : UntrueProviderTest::signed);

        assertSilent(nora.shown());
        assertThat(platform.get("/fhir/metadata").statusCode()).isEqualTo(200);
        assertThat(new PageReader(port).open("/").statusCode()).isEqualTo(200);
    }

    @Test
    @Timeout(120)
    void a_provider_that_tells_of_a_sign_out_and_does_not_say_by_which_key_holds_nobody() throws Exception {
        SignInProvider.tampered().fallSilentAt("/jwks");

        assertThat(backChannel(signedByANewKey(aSignOut().build())))
                .startsWith("400 ")
                .contains("temporarily_unavailable");
    }

    static Stream<Arguments> untrueSignOuts() {
        return Stream.of(
                Arguments.of("expired", change(c -> c.expirationTime(in(-300)).issueTime(in(-600)))),
                Arguments.of("without a beginning", change(c -> c.issueTime(null))),
                Arguments.of("for another client", change(c -> c.audience("account"))),
                Arguments.of("of another issuer", change(c -> c.issuer(SignInProvider.issuer() + "2"))),
                Arguments.of("without a name of its own", change(c -> c.jwtID(null))),
                Arguments.of("of nobody", change(c -> c.subject(null).claim("sid", null))),
                Arguments.of(
                        "of another event", change(c -> c.claim("events", Map.of("http://schemas/other", Map.of())))),
                Arguments.of("of no event, as an ID token", change(c -> c.claim("events", null))),
                Arguments.of("of an event in words", change(c -> c.claim("events", "backchannel-logout"))),
                Arguments.of("answering a request", change(c -> c.claim("nonce", "n"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrueSignOuts")
    void a_sign_out_that_is_not_true_ends_no_session(String how, UnaryOperator<JWTClaimsSet.Builder> claims)
            throws Exception {
        PageReader nora = signIn(c -> c.claim("sid", "s-nora"), UntrueProviderTest::signed);
        nora.acceptTerms();

        assertThat(backChannel(signed(claims.apply(aSignOut()).build())))
                .as(how)
                .startsWith("400 ");

        assertThat(nora.open("/espace").uri().getPath()).isEqualTo("/espace");
    }

    @Test
    void a_sign_out_that_nobody_signed_or_somebody_else_ends_no_session() throws Exception {
        PageReader nora = signIn(c -> c.claim("sid", "s-nora"), UntrueProviderTest::signed);
        nora.acceptTerms();

        assertThat(backChannel(new PlainJWT(aSignOut().build()).serialize())).startsWith("400 ");
        assertThat(backChannel(signedByAStranger(aSignOut().build()))).startsWith("400 ");
        assertThat(backChannel(signedByTheSecret(aSignOut().build()))).startsWith("400 ");
        assertThat(backChannel("")).startsWith("400 ");
        assertThat(nora.open("/espace").uri().getPath()).isEqualTo("/espace");
        assertThat(backChannel(signed(aSignOut().build()))).startsWith("200 ");
        assertThat(nora.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    private static JWTClaimsSet.Builder aSignOut() {
        return new JWTClaimsSet.Builder()
                .issuer(SignInProvider.issuer())
                .subject("nora")
                .audience("sas-hub")
                .issueTime(in(0))
                .expirationTime(in(120))
                .jwtID(UUID.randomUUID().toString())
                .claim("sid", "s-nora")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    /** @return status and body */
    private String backChannel(String token) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/logout/connect/back-channel/identite"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("logout_token=" + token))
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void a_provider_that_says_nothing_of_itself_is_told_whichever_way_one_comes() {
        ReflectionTestUtils.setField(provider, "discovered", null);
        SignInProvider.tampered().fallSilent();
        PageReader nora = new PageReader(port);

        assertSilent(nora.open("/connexion/aller?par=psc"));
        assertSilent(nora.open("/oauth2/authorization/identite"));
    }

    private static void assertSilent(HttpResponse<String> told) {
        assertThat(told.statusCode()).as(told.uri().toString()).isEqualTo(503);
        assertThat(told.headers().firstValue("Retry-After")).isPresent();
        assertThat(told.body())
                .contains("<html lang=\"fr\"", "Le service d&#39;identification ne répond pas")
                .doesNotContain("Exception");
    }

    private PageReader signIn(UnaryOperator<JWTClaimsSet.Builder> claims, Function<JWTClaimsSet, String> signing) {
        SignInProvider.next("nora", SignInProvider.address(NORA, "Nora", "MARTIN"));
        SignInProvider.tampered().answer(nonce -> {
            JWTClaimsSet said = claims.apply(new JWTClaimsSet.Builder()
                            .issuer(SignInProvider.issuer())
                            .subject("nora")
                            .audience("sas-hub")
                            .issueTime(in(0))
                            .expirationTime(in(300))
                            .claim("nonce", nonce)
                            .claim("email", NORA)
                            .claim("email_verified", true))
                    .build();
            return "{\"token_type\": \"Bearer\", \"access_token\": \"" + accessToken() + "\", \"id_token\": \""
                    + signing.apply(said) + "\"}";
        });
        PageReader nora = new PageReader(port);
        nora.signIn();
        return nora;
    }

    private static UnaryOperator<JWTClaimsSet.Builder> change(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return claims;
    }

    private static String accessToken() {
        return SignInProvider.token(new DefaultOAuth2TokenCallback(
                        SignInProvider.REALM,
                        "nora",
                        "JWT",
                        List.of("sas-hub"),
                        Map.of("email", NORA, "email_verified", true),
                        300))
                .serialize();
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWTClaimsSet claims) {
        return signedBy(SignInProvider.key().toRSAKey(), claims);
    }

    private static String signedByAStranger(JWTClaimsSet claims) {
        return signedByAKeyOfItsOwn(SignInProvider.key().getKeyID(), claims);
    }

    /** So that it is asked for. */
    private static String signedByANewKey(JWTClaimsSet claims) {
        return signedByAKeyOfItsOwn(UUID.randomUUID().toString(), claims);
    }

    private static String signedByAKeyOfItsOwn(String name, JWTClaimsSet claims) {
        try {
            return signedBy(new RSAKeyGenerator(2048).keyID(name).generate(), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedBy(RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedByTheSecret(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner("not-so-secret".repeat(4).getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changedAfterwards(JWTClaimsSet claims) {
        String[] right = signed(claims).split("\\.");
        return right[0]
                + "."
                + new PlainJWT(new JWTClaimsSet.Builder(claims)
                                .subject("mallory")
                                .build())
                        .serialize()
                        .split("\\.")[1]
                + "."
                + right[2];
    }
}
