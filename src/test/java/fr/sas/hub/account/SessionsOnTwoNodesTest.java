package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever signed in at one node is served by another, and what ends at one has ended at the other by the next page. */
@PeopleHubTest
class SessionsOnTwoNodesTest {

    private static @Nullable Node secondNode;

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    private String other;
    private HubClient platform;

    @BeforeEach
    void another_node_on_the_same_database() {
        if (secondNode == null) {
            secondNode = Node.on(database, connectors)
                    .with(SignInProvider.settings())
                    .start();
        }
        other = "http://localhost:" + secondNode.port();
        platform = HubClient.at(port).as("test-portal");
    }

    @AfterAll
    static void one_node_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
    }

    @Test
    void an_account_closed_at_one_node_has_no_session_at_the_other() {
        PageReader olga = signIn("olga");
        assertThat(olga.open(other + "/espace").uri().getPath()).isEqualTo("/espace");
        String account = platform.json("/api/v1/accounts?text=olga.manager@exemple.fr")
                .at("/accounts/0/id")
                .asText();

        assertThat(platform.post("/api/v1/accounts/" + account + "/close", "").statusCode())
                .isEqualTo(200);

        assertThat(olga.open(other + "/espace").body()).contains("Ce compte a été fermé");
        assertThat(olga.open(other + "/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void whoever_signed_out_at_the_provider_is_signed_out_at_the_node_that_it_did_not_tell() throws Exception {
        PageReader paul = signIn("paul");
        assertThat(paul.open(other + "/espace").uri().getPath()).isEqualTo("/espace");

        assertThat(backChannel("paul")).isEqualTo(200);

        assertThat(paul.open(other + "/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void whoever_signs_out_at_one_node_is_signed_out_at_the_other() {
        PageReader rosa = signIn("rosa");
        rosa.open(other + "/espace");
        rosa.open("/espace");

        rosa.submit("/deconnexion");

        assertThat(rosa.open(other + "/espace").uri().getPath()).isEqualTo("/connexion");
    }

    /** Nothing of a session is lost with the node that it began at. */
    @Test
    void whoever_signed_in_at_a_node_that_is_killed_goes_on_at_another() {
        try (Node first = Node.on(database, connectors)
                .with(SignInProvider.settings())
                .startAlone("node-of-a-session")
                .awaitReady()) {
            PageReader nina = signIn(first.port(), "nina");
            assertThat(nina.open("/espace").uri().getPath()).isEqualTo("/espace");

            first.kill();

            assertThat(nina.open(other + "/espace").uri().getPath()).isEqualTo("/espace");
            assertThat(nina.open("http://localhost:" + port + "/espace").uri().getPath())
                    .isEqualTo("/espace");
        }
    }

    private PageReader signIn(String name) {
        return signIn(port, name);
    }

    private PageReader signIn(int node, String name) {
        String email = name + ".manager@exemple.fr";
        platform.put("/api/v1/facilities/1750000888", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        platform.post(
                "/api/v1/facilities/1750000888/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Camille\"}");
        return SignInProvider.signIn(node, name, Map.of("email", email, "email_verified", true, "sid", "s-" + name));
    }

    private int backChannel(String name) throws Exception {
        String token = SignInProvider.token(new DefaultOAuth2TokenCallback(
                        SignInProvider.REALM,
                        name,
                        "logout+jwt",
                        List.of("sas-hub"),
                        Map.of(
                                "sid",
                                "s-" + name,
                                "jti",
                                UUID.randomUUID().toString(),
                                "events",
                                Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                        120))
                .serialize();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/logout/connect/back-channel/identite"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("logout_token=" + token))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
