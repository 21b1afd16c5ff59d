package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages say besides what was asked of them: for whom, where, in which language, and why something is not there. */
class WhatPagesNameTest extends PeopleHub {

    private People people;

    @BeforeEach
    void people_whom_the_directory_knows() {
        people = new People(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/agenda",
                "/agenda/adresse",
                "/agenda/disponibilites/nouvelle",
                "/parametres",
                "/historique",
                "/delegataires/demande"
            })
    void a_heading_names_for_whom_one_acts(String path) {
        people.accepted(people.email("camille"));
        PageReader alice = practitioner(people.alice, people.email("alice"));

        String page = alice.open("/espace/effecteurs/" + people.alice + path).body();

        assertThat(page).containsPattern("(?s)<h1>[^<]+<span class=\"for-whom\">Alice DURAND</span></h1>");
        assertThat(page).containsPattern("<title>[^<]+ · Alice DURAND · ");
    }

    @Test
    void a_pop_in_names_the_place_it_is_about() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        String space = "/espace/effecteurs/" + people.alice;
        String away = alice.open(space + "/agenda")
                .body()
                .replaceAll("(?s).*href=\"([^\"]+/indisponibilites)[^\"]*\".*", "$1");

        assertThat(alice.open(away).body()).contains("Alice DURAND</span>, 1 rue des Tilleuls 75001 VILLE");
        assertThat(alice.open(away.replace("indisponibilites", "informations")).body())
                .contains("Alice DURAND</span>, 1 rue des Tilleuls 75001 VILLE");
        assertThat(alice.open(space + "/agenda/disponibilites/nouvelle").body())
                .contains("Alice DURAND</span>, 1 rue des Tilleuls 75001 VILLE");
    }

    @Test
    void a_vendor_that_cannot_be_is_refused_beside_its_field() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        String settings = "/espace/effecteurs/" + people.alice + "/parametres";
        alice.open(settings);

        HttpResponse<String> refused =
                alice.submit(settings, "version", "0", "software", "oui", "vendors", "Mon logiciel !");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body().replace("&#39;", "'"))
                .contains("<p class=\"fault\">Ce logiciel de gestion de rendez-vous n'est pas dans la liste.</p>");
    }

    @Test
    void the_history_shows_twenty_changes_at_once_and_leads_to_the_older_ones() {
        HubClient own = people.practitioner();
        for (int change = 1; change <= 21; change++) {
            own.put(people.of("/settings"), "{\"vendorSlotsHidden\": " + (change % 2 == 1) + "}");
        }
        PageReader alice = practitioner(people.alice, people.email("alice"));

        String page =
                alice.open("/espace/effecteurs/" + people.alice + "/historique").body();

        assertThat(page.split("<strong>Paramètres</strong>", -1)).hasSize(21);
        String older = page.replaceAll("(?s).*href=\"([^\"]+avant=[^\"]+)\".*", "$1");
        assertThat(alice.open(older).body().split("<strong>Paramètres</strong>", -1))
                .hasSize(2);
    }

    @Test
    void the_history_in_english_has_no_space_before_a_colon() {
        people.practitioner().put(people.of("/settings"), "{\"vendorSlotsHidden\": true}");
        PageReader alice = practitioner(people.alice, people.email("alice"));
        String history = "/espace/effecteurs/" + people.alice + "/historique";

        assertThat(alice.open(history + "?langue=en").body())
                .contains(">Refusal to display slots:</span>")
                .doesNotContain("\u00a0:");
        assertThat(alice.open(history + "?langue=fr").body())
                .contains(">Refus d&#39;afficher les créneaux\u00a0:</span>");
    }

    @Test
    void an_account_page_that_leads_nowhere_says_why() {
        PageReader alice = practitioner(people.alice, people.email("alice"));

        assertThat(alice.open("/espace/compte").body().replace("&#39;", "'"))
                .contains("c'est pourquoi aucun bouton n'y mène d'ici")
                .contains("href=\"/aide/contact\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mentions-legales", "/conditions", "/formation/guide-delegataire"})
    void a_text_that_exists_in_french_only_says_so_in_english_and_names_its_language(String path) throws Exception {
        HttpResponse<String> english = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept-Language", "en")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(english.body())
                .containsPattern(
                        "(?s)<html lang=\"en\".*This text exists in French only.*<article class=\"text(?: prose)?\" lang=\"fr\">");
        assertThat(practitioner(people.alice, people.email("alice")).open(path).body())
                .doesNotContain("qu&#39;en français");
    }

    @Test
    void the_accounts_fit_a_telephone() {
        try (Browser browser = Browser.open()) {
            for (ColorScheme scheme : ColorScheme.values()) {
                if (scheme == ColorScheme.NO_PREFERENCE) {
                    continue;
                }
                Page page = browser.page("fr-FR", scheme);
                String sacha = people.email("comptes");
                page.setViewportSize(390, 844);
                arrives(page, sacha, SignInProvider.address(sacha, "Sacha", "BLANC"));
                if (page.url().contains("/conditions")) {
                    accepts(page);
                }
                page.navigate("http://localhost:" + port + "/espace/comptes");

                assertThat(page.locator("table tbody tr").count()).isPositive();
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(390);
                assertThat(
                                (int)
                                        page.evaluate(
                                                "Math.ceil(Math.max(...[...document.querySelectorAll('table td')].map(cell => cell.getBoundingClientRect().right)))"))
                        .isLessThanOrEqualTo(390);
                assertThat(Axe.breaches(page)).isEmpty();
                Browser.picture(page, "people-accounts-390-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"normale", "grande", "tres-grande"})
    void the_menu_of_an_account_opens_inside_the_window(String size) {
        try (Browser browser = Browser.open()) {
            Page page = browser.page("fr-FR", ColorScheme.LIGHT);
            String sacha = people.email("comptes");
            arrives(page, sacha, SignInProvider.address(sacha, "Marie-Clémentine", "BLANC-LEGRAND-DUPONT"));
            if (page.url().contains("/conditions")) {
                accepts(page);
            }
            page.navigate("http://localhost:" + port + "/espace?taille=" + size);
            page.locator(".account summary").click();

            for (int width : List.of(320, 390, 720, 1_100, 1_280, 1_400)) {
                page.setViewportSize(width, 800);

                assertThat(page.locator(".sheet").boundingBox().x).isNotNegative();
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
        }
    }
}
