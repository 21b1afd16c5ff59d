package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** « FAQ » and « Espace de formation », with the texts that come with the hub. */
class HelpPagesTest extends PeopleHub {

    @Test
    void s30_questions_stand_by_themes_with_their_answers_and_nobody_has_to_sign_in() {
        String page = read("/aide");

        assertThat(page)
                .contains("Vous avez besoin d&#39;aide\u202f?", "Foire aux questions")
                .contains(
                        "Si vous n&#39;avez pas trouvé la réponse à votre question cliquez sur le lien suivant\u00a0:")
                .contains("href=\"/aide/contact\"", "Formulaire de contact");
        assertThat(theme(page, "perte-de-login"))
                .contains(
                        "Perte de login / mot de passe",
                        "Vous avez perdu votre login\u202f?",
                        "Vous avez perdu votre mot de passe\u202f?",
                        "72 heures");
        assertThat(theme(page, "pro-sante-connect")).contains("Problème de connexion par Pro Santé Connect");
        assertThat(theme(page, "creation-de-compte")).contains("Demande de création d&#39;un compte");
        assertThat(theme(page, "bug-ou-incident")).contains("Déclaration d&#39;un bug ou d&#39;un incident");
    }

    @Test
    void s35_what_browsers_and_phones_need_for_pro_sante_connect() {
        assertThat(read("/aide/pro-sante-connect"))
                .contains("CPS-Gestion depuis le Mac App Store", "Safari", "Chrome", "Vérifiez vos spams")
                .contains(
                        "à jour de leur dernière version", "Ces limites ne concernent pas l’e-CPS".replace('’', '\''));
    }

    @Test
    void ps21_the_reminder_of_avenant_9_says_who_is_paid_what() {
        assertThat(read("/aide/avenant-9"))
                .contains("Rappel avenant 9", "1 400 € par an", "2 heures par semaine")
                .contains("<td>5 à 15</td>", "<td>70 €</td>")
                .contains("<td>26 à 35</td>", "<td>350 €</td>")
                .contains("<td>plus de 45</td>", "<td>630 €</td>");
    }

    @Test
    void op6_who_corrects_a_place_of_practice() {
        assertThat(read("/aide/lieux-d-exercice")).contains("<strong>ordre</strong>");
    }

    @Test
    void whoever_asks_for_english_reads_english() throws Exception {
        HttpResponse<String> page = send(request("/aide").header("Accept-Language", "en"));

        assertThat(page.body()).contains("Do you need help?", "Have you lost your password?", "lang=\"en\"");
    }

    @Test
    void an_address_without_a_text_is_no_page() throws Exception {
        assertThat(send(request("/aide/rien")).statusCode()).isEqualTo(404);
        assertThat(send(request("/aide/perte-de-login.en")).statusCode()).isEqualTo(404);
        assertThat(send(request("/formation/rien")).statusCode()).isEqualTo(404);
    }

    @Test
    void s34_guides_by_profile_sheets_and_videos() {
        assertThat(read("/formation"))
                .contains("Espace de formation")
                .contains(
                        "Vous trouverez ci-dessous les documents de formation, qui ont pour objectif de vous accompagner")
                .contains(
                        "Gestionnaire de comptes",
                        "Effecteur de soins",
                        "Délégataire",
                        "Gestionnaire de structure",
                        "Régulateur / OSNP",
                        "Infirmier d&#39;Orientation et d&#39;Accueil (IOA)")
                .contains("Effecteur de soins libéral en cabinet", "Effecteur de soins libéral en structure")
                .contains("Fiches synthétiques", "Vidéos de formation", "Aucune vidéo n&#39;a encore été publiée.");
    }

    @Test
    void s34_a_document_is_read_online_and_downloaded() throws Exception {
        assertThat(read("/formation/guide-gestionnaire-de-comptes")).contains("Traiter une demande de délégation");

        HttpResponse<String> file = send(request("/formation/guide-gestionnaire-de-comptes/telecharger"));

        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("guide-gestionnaire-de-comptes.html");
        assertThat(file.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.body()).startsWith("<!doctype html>").contains("Traiter une demande de délégation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/formation/..%2f..%2fpom.xml",
                "/formation/../../pom.xml",
                "/formation/%2e%2e/pom.xml/telecharger",
                "/formation/..%5cpom.xml",
                "/formation/guide-regulateur.md",
                "/formation/guide-regulateur.yaml",
                "/formation/guide-regulateur%00/telecharger",
                "/formation//etc/passwd"
            })
    void nothing_else_of_the_disk_is_ever_served(String path) throws Exception {
        HttpResponse<String> answer = send(request(path));

        assertThat(answer.statusCode()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("<modelVersion>").doesNotContain("root:");
    }

    @Test
    void s31_the_form_knows_who_is_signed_in() {
        PageReader claire = signIn("claire.aide@exemple.fr", "Claire", "MOREL");
        HubClient.at(port).as("test-portal").post("/api/v1/account-managers", """
                {"email": "claire.aide@exemple.fr", "family": "MOREL", "given": "Claire", "territories": ["75"]}""");
        claire = signIn("claire.aide@exemple.fr", "Claire", "MOREL");

        assertThat(claire.open("/aide/contact").body())
                .contains("value=\"MOREL\"", "value=\"Claire\"", "value=\"claire.aide@exemple.fr\"")
                .contains("value=\"gestionnaire-de-comptes\" selected");
    }

    private String read(String path) {
        HttpResponse<String> page = new PageReader(port).open(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo(path);
        return page.body();
    }

    private static String theme(String page, String slug) {
        int from = page.indexOf("id=\"" + slug + "\"");
        assertThat(from).isPositive();
        return page.substring(from, page.indexOf("</details>", from));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
