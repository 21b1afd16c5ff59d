package fr.sas.hub.account;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.notMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is changed of an account reaches the Keycloak where people sign in, also after an outage; and old passwords are told. */
class KeycloakTest extends PeopleHub {

    private static final String USERS = "/admin/realms/people/users";
    private static final WireMockServer KEYCLOAK =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @DynamicPropertySource
    static void keycloak(DynamicPropertyRegistry settings) {
        KEYCLOAK.start();
        settings.add("hub.keycloak.url", () -> KEYCLOAK.baseUrl() + "/realms/people");
        settings.add("hub.keycloak.client-id", () -> "sas-hub-admin");
        settings.add("hub.keycloak.client-secret", () -> "keycloak-admin");
        settings.add("hub.secrets.keycloak-admin", () -> "not-so-secret");
    }

    @AfterAll
    static void keycloak_stops() {
        KEYCLOAK.stop();
    }

    @Autowired
    PasswordNotices notices;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Clock clock;

    private People people;
    private String rene;
    private String user;

    @BeforeEach
    void a_keycloak_that_knows_nobody() {
        people = new People(port);
        rene = people.email("rene");
        user = "user-of-" + rene.replaceAll("@.*", "");
        KEYCLOAK.resetAll();
        KEYCLOAK.stubFor(post("/realms/people/protocol/openid-connect/token")
                .willReturn(okJson("{\"access_token\": \"admin-token\", \"expires_in\": 60}")));
        KEYCLOAK.stubFor(get(urlPathEqualTo(USERS)).willReturn(okJson("[]")));
        takesRene();
        KEYCLOAK.stubFor(
                put(urlPathMatching(USERS + "/.*")).willReturn(aResponse().withStatus(204)));
    }

    @Test
    void a_new_account_is_a_user_who_is_sent_the_way_to_a_first_password_by_keycloak_and_no_second_mail() {
        make();

        happens(postRequestedFor(urlPathEqualTo(USERS))
                .withHeader("Authorization", equalTo("Bearer admin-token"))
                .withRequestBody(matchingJsonPath("$.email", equalTo(rene)))
                .withRequestBody(matchingJsonPath("$.username", equalTo(rene)))
                .withRequestBody(matchingJsonPath("$.lastName", equalTo("GARNIER")))
                .withRequestBody(matchingJsonPath("$[?(@.emailVerified == true)]"))
                .withRequestBody(matchingJsonPath("$[?(@.enabled == true)]")));
        happens(putRequestedFor(
                        urlEqualTo(USERS + "/" + user + "/execute-actions-email?client_id=sas-hub&lifespan=259200"
                                + "&redirect_uri=https://sas.exemple.fr/connexion/aller"))
                .withRequestBody(equalTo("[\"UPDATE_PASSWORD\"]")));
        assertThat(mailsTo(rene)).isEmpty();
    }

    @Test
    void a_realm_that_does_not_know_the_way_back_to_the_hub_sends_the_mail_all_the_same() {
        KEYCLOAK.stubFor(put(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email"))
                .withQueryParam("redirect_uri", equalTo("https://sas.exemple.fr/connexion/aller"))
                .willReturn(aResponse().withStatus(400).withBody("{\"errorMessage\": \"Invalid redirect uri.\"}")));

        make();

        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email"))
                .withQueryParam("redirect_uri", absent()));
    }

    @Test
    void whoever_typed_the_address_without_showing_that_it_is_theirs_makes_room() {
        KEYCLOAK.stubFor(get(urlPathEqualTo(USERS))
                .withQueryParam("email", equalTo(rene))
                .willReturn(okJson("[{\"id\": \"mallory\", \"emailVerified\": false}]")));
        KEYCLOAK.stubFor(delete(urlPathEqualTo(USERS + "/mallory"))
                .willReturn(aResponse().withStatus(204)));

        make();

        happens(deleteRequestedFor(urlPathEqualTo(USERS + "/mallory")));
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        KEYCLOAK.verify(0, putRequestedFor(urlPathMatching(USERS + "/mallory.*")));
    }

    @Test
    void a_new_address_and_the_end_of_an_account_are_told() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        String moved = people.email("rene.garnier");

        people.accountManager().put(account, account(moved));
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user))
                .withRequestBody(matchingJsonPath("$.email", equalTo(moved)))
                .withRequestBody(matchingJsonPath("$[?(@.emailVerified == false)]")));

        people.accountManager().post(account + "/close", "");
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user))
                .withRequestBody(matchingJsonPath("$[?(@.enabled == false)]")));
    }

    @Test
    void a_user_whom_keycloak_does_not_know_any_more_is_forgotten_and_made_again() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        KEYCLOAK.stubFor(put(urlPathEqualTo(USERS + "/" + user))
                .willReturn(aResponse().withStatus(404).withBody("{\"error\": \"User not found\"}")));
        String again = user + "-again";
        KEYCLOAK.stubFor(post(USERS)
                .withRequestBody(matchingJsonPath("$.email", equalTo(rene)))
                .willReturn(
                        aResponse().withStatus(201).withHeader("Location", KEYCLOAK.baseUrl() + USERS + "/" + again)));

        people.accountManager().post(account + "/close", "");

        await().until(() -> isKnownAs(again));
        assertThat(isKnownAs(user)).isFalse();
    }

    @Test
    void a_proxy_that_does_not_find_its_way_makes_nobody_forgotten() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        KEYCLOAK.stubFor(put(urlPathEqualTo(USERS + "/" + user))
                .willReturn(aResponse().withStatus(404).withBody("<h1>404 Not Found</h1>nginx")));
        KEYCLOAK.resetRequests();

        people.accountManager().post(account + "/close", "");

        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user)));
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> ops.get("/api/v1/outbox/keycloak").body().contains("HTTP 404"));
        assertThat(isKnownAs(user)).isTrue();
        KEYCLOAK.resetRequests();
        KEYCLOAK.stubFor(
                put(urlPathEqualTo(USERS + "/" + user)).willReturn(aResponse().withStatus(204)));
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user))
                .withRequestBody(matchingJsonPath("$[?(@.enabled == false)]")));
    }

    @Test
    void a_person_whom_keycloak_knows_twice_is_told_of_both_and_the_address_stays_with_whoever_has_it() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        String byCard = "a-card-of-" + user;
        signInAs(byCard, rene);
        KEYCLOAK.stubFor(get(urlPathEqualTo(USERS))
                .withQueryParam("email", equalTo(rene))
                .willReturn(okJson("[{\"id\": \"" + user + "\", \"emailVerified\": true}]")));

        people.accountManager().post(account + "/close", "");

        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user))
                .withRequestBody(matchingJsonPath("$.email", equalTo(rene)))
                .withRequestBody(matchingJsonPath("$[?(@.enabled == false)]")));
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + byCard))
                .withRequestBody(notMatching(".*\"email\".*"))
                .withRequestBody(matchingJsonPath("$[?(@.enabled == false)]")));
    }

    @Test
    void a_practitioners_new_address_is_to_be_shown_theirs_and_brings_no_password() {
        String alice = people.alice;
        practitioner(alice, people.email("alice"));
        JsonNode known = body(people.platform().get("/api/v1/accounts?text=" + people.email("alice")));
        String moved = people.email("alice.durand");

        people.platform().put("/api/v1/accounts/" + known.at("/accounts/0/id").asText(), """
                {"email": "%s", "family": "DURAND", "given": "Alice"}""".formatted(moved));

        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + alice))
                .withRequestBody(matchingJsonPath("$.email", equalTo(moved)))
                .withRequestBody(matchingJsonPath("$[?(@.emailVerified == false)]")));
        KEYCLOAK.verify(0, putRequestedFor(urlPathEqualTo(USERS + "/" + alice + "/execute-actions-email")));
    }

    @Test
    void an_outage_of_keycloak_loses_nothing() {
        KEYCLOAK.stubFor(post(USERS)
                .withRequestBody(matchingJsonPath("$.email", equalTo(rene)))
                .willReturn(serverError()));
        make();
        happens(postRequestedFor(urlPathEqualTo(USERS)).withRequestBody(matchingJsonPath("$.email", equalTo(rene))));
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> ops.get("/api/v1/outbox/keycloak").body().contains("HTTP 500"));

        takesRene();

        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
    }

    @Test
    void S24_whoever_has_an_old_password_is_told_once_and_once_more_of_the_next_one_that_grows_old() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));

        hasPasswordSince(user, Duration.ofDays(89));
        look(account);
        hasPasswordSince(user, Duration.ofDays(95));
        look(account);
        look(account);

        assertThat(read(mailsTo(rene, 1).getFirst()))
                .startsWith("Votre mot de passe expire bientôt: Bonjour René GARNIER,")
                .contains("https://sas.exemple.fr/espace/compte");
        hasPasswordSince(user, Duration.ofDays(91));
        look(account);
        assertThat(mailsTo(rene, 2)).as("one of each password").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void S24_where_keycloak_knows_a_person_twice_the_password_counts_whichever_of_the_two_has_it(boolean byCard) {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        String card = "a-card-of-" + user;
        signInAs(card, rene);

        hasPasswordSince(byCard ? card : user, Duration.ofDays(91));
        look(account);
        look(account);

        assertThat(mailsTo(rene, 1)).hasSize(1);
    }

    @Test
    void S24_nodes_that_look_at_the_same_moment_tell_once() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        hasPasswordSince(user, Duration.ofDays(91));

        Stream.generate(() -> Beside.run(() -> look(account))).limit(4).toList().forEach(CompletableFuture::join);

        assertThat(mailsTo(rene, 1)).hasSize(1);
    }

    @Test
    void S24_two_passwords_of_one_person_are_told_of_once_each() {
        String account = make();
        happens(putRequestedFor(urlPathEqualTo(USERS + "/" + user + "/execute-actions-email")));
        await().until(() -> isKnownAs(user));
        String card = "a-card-of-" + user;
        signInAs(card, rene);

        hasPasswordSince(card, Duration.ofDays(91));
        alsoHasPasswordSince(user, Duration.ofDays(99));
        look(account);
        assertThat(mailsTo(rene, 1)).hasSize(1);
        look(account);
        assertThat(mailsTo(rene, 2)).hasSize(2);
        look(account);

        assertThat(mailsTo(rene)).hasSize(2);
    }

    /** And nobody else: others' letters are none of the test's. */
    private void takesRene() {
        KEYCLOAK.stubFor(post(USERS)
                .withRequestBody(matchingJsonPath("$.email", equalTo(rene)))
                .willReturn(
                        aResponse().withStatus(201).withHeader("Location", KEYCLOAK.baseUrl() + USERS + "/" + user)));
    }

    private void look(String account) {
        jdbc.update(
                "UPDATE account_account SET password_looked_at = NULL WHERE id = ?::uuid",
                account.substring(account.lastIndexOf('/') + 1));
        notices.checkAll();
    }

    private void hasPasswordSince(String who, Duration age) {
        KEYCLOAK.stubFor(get(urlPathMatching(USERS + "/.*/credentials")).willReturn(okJson("[]")));
        alsoHasPasswordSince(who, age);
    }

    private void alsoHasPasswordSince(String who, Duration age) {
        KEYCLOAK.stubFor(get(USERS + "/" + who + "/credentials")
                .willReturn(
                        okJson("[{\"type\": \"otp\", \"createdDate\": 0}, {\"type\": \"password\", \"createdDate\": "
                                + clock.instant().minus(age).toEpochMilli() + "}]")));
    }

    private boolean isKnownAs(String subject) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM account_identity WHERE subject = ?)", Boolean.class, subject));
    }

    private String make() {
        HttpResponse<String> made = people.accountManager().post("/api/v1/accounts", account(rene));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(body(made).path("email").asText()).isEqualTo(rene);
        return made.headers().firstValue("Location").orElseThrow();
    }

    private static String account(String email) {
        return """
                {"email": "%s", "family": "GARNIER", "given": "René"}""".formatted(email);
    }

    private static void happens(RequestPatternBuilder request) {
        await().until(() -> !KEYCLOAK.findAll(request).isEmpty());
    }
}
