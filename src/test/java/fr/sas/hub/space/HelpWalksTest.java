package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.testing.OpenBrowser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The frame, the questions, the contact form and the guides, as anybody meets them in a browser. */
class HelpWalksTest extends PeopleHub {

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @Test
    void S29_the_frame_stands_around_every_page_and_its_letters_grow() {
        Page page = opened("/aide");
        assertThat(page.locator("header")).containsText("Ministère de la Santé et de la Prévention");
        assertThat(page.locator("header")).containsText("Un service de Santé.fr");
        for (String word : List.of("Qu'est-ce que le Service d'Accès aux Soins", "Espace de formation", "FAQ")) {
            assertThat(page.locator("header nav")).containsText(word);
        }
        for (String word :
                List.of("FAQ et besoin d'assistance", "CGU", "Crédits", "Gestion des cookies", "Mentions légales")) {
            assertThat(page.locator("footer")).containsText(word);
        }
        assertThat(page.getByText("← Retour à l'accueil")).isVisible();
        double before = height(page);
        page.getByText("A+").click();
        assertThat(height(page)).isGreaterThan(before);
        page.getByText("A−").click();
        assertThat(height(page)).isEqualTo(before);
    }

    @Test
    void S30_S35_a_click_on_a_theme_shows_its_answers_to_anybody() {
        Page page = opened("/");
        page.locator("footer").getByText("FAQ et besoin d'assistance").click();
        Locator answer = page.getByText("CPS-Gestion depuis le Mac App Store");
        assertThat(answer).isHidden();

        page.getByText("Problème de connexion par Pro Santé Connect").click();

        assertThat(answer).isVisible();
    }

    @Test
    void S31_S32_S33_a_request_with_a_file_is_sent_on_to_those_it_concerns() {
        UUID number = UUID.randomUUID();
        Page page = opened("/aide/contact");
        page.getByLabel("Vous êtes").selectOption("Effecteur de soins");
        page.getByLabel("Votre demande concerne").selectOption("Un renseignement sur le SAS / question métier");
        page.getByLabel("Nom", new Page.GetByLabelOptions().setExact(true)).fill("DURAND");
        page.getByLabel("Prénom").fill("Alice");
        page.getByLabel("Téléphone").fill("01 02 03 04 05");
        page.getByLabel("Adresse E-Mail").fill("alice@exemple.fr");
        page.getByLabel("Territoire").selectOption("75");
        page.getByLabel("Message").fill("Comment participer avec ma CPTS " + number + " ?");
        page.getByLabel("Pièce(s) jointe(s)")
                .setInputFiles(new FilePayload(
                        "capture.pdf",
                        "application/pdf",
                        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
                                .getBytes(StandardCharsets.UTF_8)));
        page.getByText("Envoyer", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator("main")).containsText("Votre demande porte le numéro");
        assertThat(page.locator("main"))
                .containsText("Elle est réorientée, pour traitement, à l'interlocuteur pertinent.");
        await().untilAsserted(() -> assertThat(mailsTo("support@exemple.fr"))
                .extracting(PeopleHub::read)
                .anyMatch(mail -> mail.contains("CPTS " + number)));
    }

    @Test
    void S34_AM7_guides_of_each_profile_are_read_and_downloaded() {
        Page page = opened("/");
        page.locator("header").getByText("Espace de formation").click();
        for (String word : List.of(
                "Guides utilisateurs",
                "Gestionnaire de comptes",
                "Effecteur de soins",
                "Gestionnaire de structure",
                "Régulateur / OSNP",
                "Infirmier d'Orientation et d'Accueil (IOA)",
                "Fiches synthétiques",
                "Vidéos de formation")) {
            assertThat(page.locator("main")).containsText(word);
        }

        page.locator("a[href='/formation/guide-gestionnaire-de-comptes']").click();

        assertThat(page.locator("article")).containsText("délégation");
        assertThat(page.waitForDownload(() -> page.getByText("Télécharger").click())
                        .suggestedFilename())
                .contains("guide-gestionnaire-de-comptes");
    }

    @Test
    void PS21_the_reminder_of_avenant_9_is_a_page() {
        Page page = opened("/aide");
        page.getByText("Rappel avenant 9").click();
        assertThat(page.locator("h1")).hasText("Rappel avenant 9");
        assertThat(page.locator("main")).containsText("1 400 € par an");
    }

    private static double height(Page page) {
        return page.locator("h1").boundingBox().height;
    }

    private Page opened(String path) {
        Page page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        page.navigate("http://localhost:" + port + path);
        return page;
    }
}
