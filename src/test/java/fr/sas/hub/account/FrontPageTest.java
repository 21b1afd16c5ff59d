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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** The front page and the frame of all pages (guides 002 and 003, 1.1). */
@PeopleHubTest
class FrontPageTest {

    private static final Pattern STYLES = Pattern.compile("href=\"(/assets/people-[0-9a-f]{32}\\.css)\"");

    @LocalServerPort
    int port;

    @Autowired
    ResourceUrlProvider files;

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
                        "«\u00a0CPS-Gestion depuis le Mac App Store\u00a0»",
                        "Safari ne permet pas",
                        "/!\\ Vérifiez vos spams",
                        "Se connecter à votre compte");
    }

    @Test
    void styles_and_scripts_travel_compressed_and_are_fetched_once_a_year() throws Exception {
        Matcher styles = STYLES.matcher(anybody().open("/").body());
        assertThat(styles.find()).isTrue();
        for (String part : List.of("/webjars/htmx.org/2.0.7/dist/htmx.min.js", styles.group(1))) {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + part))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            BodyHandlers.ofByteArray());

            assertThat(answer.headers().firstValue("Content-Encoding")).as(part).contains("gzip");
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(part)
                    .contains("max-age=31536000", "immutable");
        }
    }

    /** @param site what a browser says about the page that sent the request; an older one says nothing */
    @ParameterizedTest
    @CsvSource({"none, gzip", "same-origin, gzip", ", gzip", "same-site, ''", "cross-site, ''"})
    void pages_travel_compressed_except_when_another_site_has_them_fetched(@Nullable String site, String encoding)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/aide/contact"))
                .header("Accept-Encoding", "gzip");
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }

        HttpResponse<byte[]> page = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Encoding").orElse("")).isEqualTo(encoding);
    }

    @Test
    void a_token_looks_otherwise_in_each_page_so_that_no_length_of_compressed_pages_tells_it() {
        PageReader reader = anybody();
        Set<String> tokens = new HashSet<>();
        for (int time = 0; time < 3; time++) {
            Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                    .matcher(reader.open("/aide/contact").body());
            assertThat(token.find()).isTrue();
            tokens.add(token.group(1).substring(0, 20));
        }

        assertThat(tokens).hasSize(3);
    }

    @Test
    void browsers_that_ask_for_the_mark_by_its_old_name_get_it() {
        HttpResponse<String> mark = anybody().open("/favicon.ico");

        assertThat(mark.statusCode()).isEqualTo(200);
        assertThat(mark.headers().firstValue("Content-Type").orElse("")).startsWith("image/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops/assets/console.css", "/ops/assets/live.js"})
    void the_console_has_its_own_files(String file) {
        assertThat(anybody().open(file).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/espace", "/aide/contact", "/ops/comptes", "/nulle-part"})
    void what_a_page_links_to_is_not_looked_for_in_every_jar(String address) {
        AntPathMatcher paths = new AntPathMatcher();

        assertThat(files.getHandlerMap().keySet()).isNotEmpty().noneMatch(pattern -> paths.match(pattern, address));
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
    void whoever_only_looks_gets_no_session() {
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
