package fr.sas.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.help.SentRequest;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Support sees what people ask, with what they attached, and answers (OP1). */
class HelpRequestsPageTest extends PeopleHub {

    @RegisterExtension
    static final OpenBrowser BROWSER = new OpenBrowser();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void op1_a_request_is_found_with_everything_that_support_needs() throws Exception {
        long number = SentRequest.by(port, "Odile", "odile.support@exemple.fr")
                .about("incident", "973")
                .saying("1. J'ouvre l'agenda.\n2. Rien <script>alert(1)</script>.")
                .file("écran.png")
                .number();

        assertThat(get("/ops/aide?topic=incident&territory=973&text=odile").body())
                .contains("data-request=\"" + number + "\"", "973 Guyane", "à traiter");
        assertThat(get("/ops/aide?topic=compte&text=odile").body()).contains("Aucune demande ne correspond.");
        assertThat(get("/ops/aide?text=SAS-%06d".formatted(number)).body()).contains("data-request=\"" + number + "\"");
        assertThat(get("/ops/aide/" + number).body())
                .contains(
                        "Odile",
                        "odile.support@exemple.fr",
                        "Déclaration d&#39;un bug ou d&#39;un incident",
                        "écran.png")
                .contains("Rien &lt;script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void requests_have_no_barriers() throws Exception {
        long number = SentRequest.by(port, "Yann", "yann.support@exemple.fr")
                .about("incident", "973")
                .saying("Rien ne s'affiche.")
                .file("écran.png")
                .number();
        post(number, "note", "Rappeler demain");
        Page page = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        page.context().addCookies(List.of(new Cookie("hub-ops", "test-ops").setUrl("http://localhost:" + port)));

        for (String each : List.of("/ops/aide?text=yann.support", "/ops/aide/" + number)) {
            page.navigate("http://localhost:" + port + each);
            assertThat(page.textContent("main")).contains("Yann");
            assertThat(Axe.breachesInLightAndDark(page)).as(each).isEmpty();
            Browser.picture(page, "requests-fr" + each.replaceAll("[^a-z]+", "-"));
        }
        page.getByText("Répondre", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.textContent("main")).contains("Écrivez un texte");
        assertThat(Axe.breachesInLightAndDark(page)).as("refused").isEmpty();
    }

    @Test
    void an_attachment_is_saved_and_never_run() throws Exception {
        long number = SentRequest.by(port, "Paul", "paul.support@exemple.fr")
                .file("écran.png")
                .number();

        HttpResponse<String> file = get("/ops/aide/" + number + "/fichiers/1");

        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("%C3%A9cran.png");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(file.headers().allValues("Content-Security-Policy")).contains("default-src 'none'; sandbox");
        assertThat(get("/ops/aide/" + number + "/fichiers/2").statusCode()).isEqualTo(404);
        assertThat(get("/ops/aide/999999999").statusCode()).isEqualTo(404);
    }

    @Test
    void an_answer_is_kept_and_mailed_to_whoever_asked_and_a_note_is_not() throws Exception {
        long number = SentRequest.by(port, "Rose", "rose.support@exemple.fr").number();

        post(number, "note", "Rappeler demain");
        post(number, "answer", "Voici comment faire.\n\nBonne journée");

        assertThat(get("/ops/aide/" + number).body()).contains("Rappeler demain", "Voici comment faire.", "répondue");
        assertThat(read(mailsTo("rose.support@exemple.fr", 1).getFirst()))
                .startsWith("Réponse à votre demande SAS-%06d:".formatted(number))
                .contains("Bonjour Rose", "Voici comment faire.")
                .doesNotContain("Rappeler demain");
        assertThat(mailsTo("rose.support@exemple.fr")).hasSize(1);
    }

    @Test
    void a_request_is_closed_and_opened_again() throws Exception {
        long number = SentRequest.by(port, "Simon", "simon.support@exemple.fr").number();

        post(number, "close", "");
        assertThat(get("/ops/aide?text=simon.support").body()).contains("Aucune demande ne correspond.");
        assertThat(get("/ops/aide?state=closed&text=simon.support").body()).contains("data-request=\"" + number + "\"");

        post(number, "reopen", "");
        assertThat(get("/ops/aide?text=simon.support").body()).contains("data-request=\"" + number + "\"");
    }

    @Test
    void an_answer_without_a_word_is_refused_beside_the_form() throws Exception {
        long number = SentRequest.by(port, "Théo", "theo.support@exemple.fr").number();

        assertThat(post(number, "answer", "  ").body()).contains("Écrivez un texte d&#39;au plus 5000 caractères.");
    }

    @Test
    void nobody_but_operations_sees_them_and_no_other_page_writes_here() throws Exception {
        long number = SentRequest.by(port, "Ugo", "ugo.support@exemple.fr").number();

        for (String path : new String[] {"/ops/aide", "/ops/aide/" + number, "/ops/aide/" + number + "/fichiers/1"}) {
            assertThat(send(request(path).GET()).statusCode()).isEqualTo(302);
            assertThat(send(request(path)
                                    .header("Authorization", "Bearer test-portal")
                                    .GET())
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(send(request("/ops/aide/" + number + "/close")
                                .header("Cookie", "hub-ops=test-ops")
                                .header("Origin", "https://elsewhere.example")
                                .POST(BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Location"))
                .contains("/ops/login");
    }

    @Test
    void op4_accounts_stand_with_the_terms_they_accepted_and_how_it_goes_with_mail() throws Exception {
        HubClient.at(port).as("test-portal").post("/api/v1/account-managers", """
                {"email": "vera.comptes@exemple.fr", "family": "ROUX", "given": "Véra", "territories": ["75"]}""");
        signIn("vera.comptes@exemple.fr", "Véra", "ROUX");

        String page = get("/ops/comptes?text=vera.comptes").body();

        assertThat(page).contains("Véra ROUX", "gestionnaire de comptes", "ouvert", "href=\"/ops/outbox\"");
        assertThat(page.split("data-account=", -1)).hasSize(2);
        assertThat(get("/ops/comptes?text=personne-de-tel").body()).contains("Aucun compte ne correspond.");
    }

    @Test
    void what_is_asked_of_the_console_in_vain_is_told_on_one_of_its_pages() throws Exception {
        HttpResponse<String> tooLong = get("/ops/comptes?text=" + "a".repeat(300));

        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.body()).contains("Une recherche compte 254 caractères au plus.");
        HttpResponse<String> nothing = get("/ops/annuaire/999999999");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).header("Cookie", "hub-ops=test-ops").GET());
    }

    private HttpResponse<String> post(long number, String action, String text) throws Exception {
        return send(request("/ops/aide/" + number + "/" + action)
                .header("Cookie", "hub-ops=test-ops")
                .header("Origin", "http://localhost:" + port)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=" + URLEncoder.encode(text, StandardCharsets.UTF_8))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html")
                .header("Accept-Language", "fr");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
