package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What carries a sign-in from the provider to the hub and from page to page, and when it ends. */
class SessionsTest extends SignInHub {

    @Test
    void the_provider_is_asked_with_a_code_challenge_a_state_and_a_nonce() throws Exception {
        HttpResponse<Void> asked = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port + "/oauth2/authorization/identite"))
                                .build(),
                        BodyHandlers.discarding());

        assertThat(asked.headers().firstValue("Location").orElseThrow())
                .startsWith(SignInProvider.issuer())
                .contains("response_type=code", "code_challenge=", "code_challenge_method=S256", "state=", "nonce=");
    }

    @Test
    void an_answer_of_the_provider_that_nobody_here_asked_for_signs_nobody_in() {
        PageReader ivan = new PageReader(port);

        HttpResponse<String> told = ivan.open("/login/oauth2/code/identite?code=stolen&state=forged");

        assertThat(told.body()).contains("La connexion n&#39;a pas abouti");
        assertThat(ivan.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void a_code_that_was_used_signs_nobody_in_again() {
        name("lea.manager@exemple.fr");
        PageReader lea = new PageReader(port);
        signIn(lea, "lea", Map.of("email", "lea.manager@exemple.fr", "email_verified", true));
        String answer = lea.passed().stream()
                .filter(address -> address.contains("/login/oauth2/code/"))
                .findFirst()
                .orElseThrow();

        PageReader thief = new PageReader(port);

        assertThat(thief.open(answer).body()).contains("La connexion n&#39;a pas abouti");
        assertThat(thief.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(lea.open(answer).body()).contains("La connexion n&#39;a pas abouti");
    }

    @Test
    void the_cookie_of_a_session_is_read_by_no_script_and_sent_with_no_form_of_another_site() throws Exception {
        HttpResponse<Void> way = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port + "/oauth2/authorization/identite"))
                                .build(),
                        BodyHandlers.discarding());

        assertThat(way.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("hub-session=").contains("HttpOnly", "SameSite=Lax"));
    }

    /** "AAAA" is three NULs once decoded; PostgreSQL takes none. */
    @Test
    void a_cookie_that_is_no_session_of_ours_is_nobodys() throws Exception {
        for (String cookie : List.of("AAAA", "AA==", "evil", "x".repeat(5_000))) {
            HttpResponse<String> page = get("/aide", "Cookie", "hub-session=" + cookie);
            assertThat(page.statusCode()).as(cookie).isEqualTo(200);
        }
    }

    /** As a later release writes it, beside whose nodes this one runs. */
    @Test
    void a_session_is_also_known_by_its_plain_id() throws Exception {
        name("ines.manager@exemple.fr");
        PageReader ines = new PageReader(port);
        signIn(ines, "ines", Map.of("email", "ines.manager@exemple.fr", "email_verified", true));
        ines.acceptTerms();
        String id = new String(Base64.getDecoder().decode(ines.session()), StandardCharsets.US_ASCII);

        assertThat(get("/espace", "Cookie", "hub-session=" + id).statusCode()).isEqualTo(200);
        assertThat(get("/espace", "Cookie", "hub-session=" + UUID.randomUUID()).statusCode())
                .isEqualTo(302);
    }

    @Test
    void machines_get_no_session() {
        assertThat(platform.get("/fhir/metadata").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(platform.get("/api/v1/practitioners/810000077701").headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void which_methods_a_page_takes_is_said_to_whoever_asks() throws Exception {
        practitioner(
                "810000077711",
                "[{\"structures\": [\"1750000777\"], \"line\": \"1 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        PageReader alice = new PageReader(port);
        signIn(
                alice,
                "alice-asks-for-options",
                Map.of("SubjectNameID", "810000077711", "given_name", "Alice", "family_name", "DURAND"));
        alice.acceptTerms();

        HttpResponse<String> options = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/espace"))
                                .header("Cookie", "hub-session=" + alice.session())
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET"));
    }

    @Test
    void what_goes_wrong_with_a_page_is_said_on_a_page_with_a_way_on() {
        name("jade.manager@exemple.fr");
        PageReader jade = new PageReader(port);
        signIn(jade, "jade", Map.of("email", "jade.manager@exemple.fr", "email_verified", true));
        HttpResponse<String> untrue = jade.submit("/conditions", "version", TermsPage.VERSION, "accepted", "vrai");
        jade.open("/conditions");
        jade.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        HttpResponse<String> nobody = jade.submit("/espace/profil", "kind", "nope");
        jade.open("/conditions");
        HttpResponse<String> nowhere = jade.open("/espace/nope");
        HttpResponse<String> noProvider = jade.open("/oauth2/authorization/nope");

        assertThat(List.of(untrue.statusCode(), nobody.statusCode(), nowhere.statusCode(), noProvider.statusCode()))
                .containsExactly(400, 400, 404, 404);
        assertThat(List.of(untrue, nobody, nowhere, noProvider))
                .allSatisfy(page -> assertThat(page.body())
                        .contains("<html lang=\"fr\"", "<h1>Votre demande n&#39;a pas abouti</h1>", "href=\"/espace\"")
                        .doesNotContain("accepted", "Whitelabel", "profil"));
    }

    @Test
    void a_part_fetched_after_the_session_ended_leads_the_browser_to_the_sign_in_and_is_no_page_to_come_back_to()
            throws Exception {
        HttpResponse<String> part = get(
                "/espace/effecteurs/810000000001/parametres/structures?through=cpts&search=a", "HX-Request", "true");

        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/connexion");
        assertThat(part.body()).isEmpty();
        assertThat(part.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_form_sent_after_the_night_is_given_back_with_the_way_to_it_and_to_scripts_as_a_page_too() throws Exception {
        String form = "http://localhost:" + port + "/aide/contact?sujet=incident";

        HttpResponse<String> told = late("same-origin", form);

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(told.body())
                .contains("Cette page est restée ouverte trop longtemps")
                .contains("Ce que vous aviez saisi", "La semaine ne s&#39;affiche plus &lt;b&gt;")
                .contains("href=\"/aide/contact?sujet=incident\"");
    }

    @Test
    void what_another_site_sends_is_not_said_in_our_name() throws Exception {
        HttpResponse<String> told = late("cross-site", "http://localhost:" + port + "//elsewhere.example/");

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.body()).doesNotContain("La semaine", "elsewhere", "Ce que vous aviez saisi");
        assertThat(late("same-origin", "http://localhost:" + port + "//elsewhere.example/")
                        .body())
                .doesNotContain("elsewhere");
    }

    @Test
    void days_and_hours_typed_overnight_are_given_back_as_people_write_them_period_by_period() throws Exception {
        HttpResponse<String> told = late(
                "same-origin",
                "http://localhost:" + port + "/espace",
                "du=2031-08-01&au=2031-08-15&du=2031-12-24&au=&number=4&territories=2A&date=2031-02-03&debut=08:05"
                        + "&fin=bient%C3%B4t");

        assertThat(told.body().replaceAll("<[^>]+>", " ").replaceAll("[\\s\\h]+", " "))
                .contains("Départements 2A Nombre de professionnels 4")
                .contains("Du 01/08/2031 Au 15/08/2031 Du 24/12/2031 ")
                .contains("Date 03/02/2031 De 08h05 À bientôt");
    }

    private HttpResponse<String> late(String site, String from) throws Exception {
        return late(
                site, from, "message=" + URLEncoder.encode("La semaine ne s'affiche plus <b>", StandardCharsets.UTF_8));
    }

    /** By a script of a page whose session is over, as a browser sends it. */
    private HttpResponse<String> late(String site, String from, String typed) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/aide/contact"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Accept", "*/*")
                                .header("Accept-Language", "fr")
                                .header("Sec-Fetch-Site", site)
                                .header("Referer", from)
                                .POST(BodyPublishers.ofString("_csrf=gone&" + typed))
                                .build(),
                        BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String header, String value) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header(header, value)
                                .build(),
                        BodyHandlers.ofString());
    }
}
