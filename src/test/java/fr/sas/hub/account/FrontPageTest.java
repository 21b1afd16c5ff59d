package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The front page and the frame of all pages (guides 002 and 003, 1.1). */
@PeopleHubTest
class FrontPageTest {

    private static final Pattern STYLES = Pattern.compile("href=\"(/assets/people-[0-9a-f]{32}\\.css)\"");

    @LocalServerPort
    int port;

    @Test
    void S1_the_front_page_says_what_the_service_is_and_leads_to_the_sign_in_twice() {
        String page = anybody().open("/").body();

        assertThat(page)
                .contains(
                        "Bienvenue sur la plateforme numérique du Service d&#39;Accès aux Soins",
                        "Connectez-vous à votre compte",
                        "Identifiez-vous pour accéder au Service d&#39;Accès aux Soins",
                        "Espace de formation",
                        "Mentions légales");
        assertThat(page.split("href=\"/connexion\"[^>]*>Se connecter<", -1)).hasSize(3);
    }

    @Test
    void S1_S2_S35_the_sign_in_page_has_both_ways_the_card_first_and_says_what_cards_and_mails_need() {
        String page = anybody().open("/connexion").body();

        assertThat(page)
                .containsSubsequence(
                        "MOYEN DE CONNEXION PRÉCONISÉ",
                        "S&#39;identifier avec Pro Santé Connect",
                        "« CPS-Gestion depuis le Mac App Store »",
                        "Safari ne permet pas",
                        "/!\\ Vérifiez vos spams",
                        "Se connecter à votre compte");
    }

    @Test
    void browsers_that_ask_for_the_mark_by_its_old_name_get_it() {
        HttpResponse<String> mark = anybody().open("/favicon.ico");

        assertThat(mark.statusCode()).isEqualTo(200);
        assertThat(mark.headers().firstValue("Content-Type").orElse("")).startsWith("image/");
    }

    @Test
    void developers_find_at_their_own_address_what_runs_here() {
        assertThat(anybody().open("/developpeurs").body()).contains("<code>/fhir</code>", "Éditeurs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/conditions", "/credits", "/cookies", "/mentions-legales", "/accessibilite"})
    void legal_pages_open_to_everybody_and_offer_nothing_to_sign(String address) {
        HttpResponse<String> page = anybody().open(address);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<form");
    }

    @Test
    void the_legal_notice_names_who_runs_the_platform_as_far_as_that_is_set() {
        assertThat(anybody().open("/mentions-legales").body())
                .contains("Agence des Essais", "Directeur de la publication", "Dominique DIRECTEUR")
                .doesNotContain("pas encore indiqué", "Hébergeur de données de santé");
    }

    @Test
    void who_only_looks_gets_no_session() {
        PageReader anybody = anybody();
        anybody.open("/");

        assertThat(anybody.session()).isEmpty();
    }

    @Test
    void a_language_chosen_on_a_page_stays_and_leads_back_to_the_same_page() {
        PageReader reader = anybody();
        assertThat(reader.open("/cookies").body()).contains("href=\"/cookies?langue=en\"");

        HttpResponse<String> english = reader.open("/cookies?langue=en");

        assertThat(english.uri()).hasPath("/cookies").hasNoQuery();
        assertThat(english.body()).contains("<html lang=\"en\"");
        assertThat(reader.open("/").body()).contains("Welcome to the digital platform");
    }

    @Test
    void larger_letters_stay_until_they_are_made_smaller() {
        PageReader reader = anybody();

        assertThat(reader.open("/?taille=grande").body()).contains("letters-grande", "taille=tres-grande");
        assertThat(reader.open("/cookies").body()).contains("letters-grande");
        assertThat(reader.open("/cookies?taille=normale").body()).contains("letters-normale");
    }

    @Test
    void a_choice_that_is_none_changes_nothing() {
        PageReader reader = anybody();

        assertThat(reader.open("/?langue=xx&taille=enorme").body()).contains("lang=\"fr\"", "letters-normale");
    }

    @Test
    void assets_are_named_by_their_content_and_kept_for_a_year() throws Exception {
        Matcher styles = STYLES.matcher(anybody().open("/").body());
        assertThat(styles.find()).isTrue();

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + styles.group(1)))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=31536000");
    }

    @Test
    void no_template_names_an_asset_without_its_content() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates/people"))) {
            List<Path> all =
                    templates.filter(path -> path.toString().endsWith(".html")).toList();
            assertThat(all).hasSizeGreaterThan(5);
            assertThat(all)
                    .allSatisfy(template -> assertThat(Files.readString(template))
                            .doesNotContain("src=\"/assets/", "href=\"/assets/", "|/assets/"));
        }
    }

    private PageReader anybody() {
        return new PageReader(port);
    }
}
