package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;

/** People sign out here or at the provider, and nobody else signs them out. */
class SignOutTest extends SignInHub {

    @Test
    void whoever_signs_out_is_signed_out_here_and_at_the_provider() {
        name("flora.manager@exemple.fr");
        PageReader flora = new PageReader(port);
        signIn(flora, "flora", Map.of("email", "flora.manager@exemple.fr", "email_verified", true));
        flora.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        flora.submit("/deconnexion");

        assertThat(flora.passed())
                .as("the provider's own door out")
                .anyMatch(address -> address.startsWith(SignInProvider.wayOut()));
        assertThat(flora.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void a_page_of_another_site_signs_nobody_out() {
        name("gil.manager@exemple.fr");
        PageReader gil = new PageReader(port);
        signIn(gil, "gil", Map.of("email", "gil.manager@exemple.fr", "email_verified", true));
        gil.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        gil.open("/assets/people.css");

        HttpResponse<String> told = gil.submit("/deconnexion");

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.body())
                .contains("Cette page est restée ouverte trop longtemps", "href=\"/espace\"", "Vous déconnecter");
        assertThat(gil.open("/espace").uri().getPath()).isEqualTo("/espace");
    }

    @Test
    void whoever_signs_out_at_the_provider_is_signed_out_here_when_it_tells_so() throws Exception {
        name("hana.manager@exemple.fr");
        PageReader hana = new PageReader(port);
        signIn(hana, "hana", Map.of("email", "hana.manager@exemple.fr", "email_verified", true, "sid", "s-hana"));
        hana.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(backChannel(logoutToken("hana", "s-hana", "someone-else"))).isEqualTo(400);
        assertThat(hana.open("/espace").uri().getPath()).isEqualTo("/espace");
        assertThat(backChannel(logoutToken("hana", "s-hana", "sas-hub"))).isEqualTo(200);
        assertThat(hana.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    private static SignedJWT logoutToken(String subject, String sid, String audience) {
        return SignInProvider.token(new DefaultOAuth2TokenCallback(
                SignInProvider.REALM,
                subject,
                "logout+jwt",
                List.of(audience),
                Map.of(
                        "sid",
                        sid,
                        "jti",
                        UUID.randomUUID().toString(),
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                120));
    }

    private int backChannel(SignedJWT token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/logout/connect/back-channel/identite"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("logout_token=" + token.serialize()))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
