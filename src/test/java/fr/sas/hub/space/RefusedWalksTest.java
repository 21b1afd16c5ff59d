package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people meet whose form the hub does not accept: where they are taken to, and what is left of what they typed. */
@PeopleHubTest
class RefusedWalksTest {

    /** Beyond what the server reads of a form. */
    private static final String MUCH = "a".repeat(300_000);

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    private Walker alice;
    private Page page;

    @BeforeEach
    void a_practitioner_signs_in() {
        alice = Walker.practitioner(browser.get(), port, 1);
        page = alice.page;
    }

    @Test
    void a_page_with_a_refused_form_is_heard_from_what_is_wrong() {
        alice.opens("/agenda/disponibilites/nouvelle");
        page.locator("#date").fill("");
        isHeardAfterSending("La disponibilité n'est pas encore enregistrée");

        alice.opens("/lieux/" + alice.placeAt(1) + "/indisponibilites");
        page.locator("#du0").fill("2020-01-01");
        isHeardAfterSending("");

        alice.opens("/lieux/" + alice.placeAt(1) + "/informations");
        page.locator("#texte").fill("a".repeat(1_200));
        isHeardAfterSending("");

        alice.opens("/parametres");
        page.getByLabel("J'accepte d'être directement contacté").check();
        isHeardAfterSending("Vos paramètres ne sont pas encore enregistrés");
    }

    private void isHeardAfterSending(String words) {
        Locator save = page.locator("main button[type=submit]:visible")
                .filter(new Locator.FilterOptions().setHasText("ENREGISTRER"));
        save.last().click();
        Locator alert = page.locator("main [role=alert]").first();
        assertThat(alert).containsText(words);
        assertThat(alert).isFocused();
    }

    @Test
    void a_page_without_a_refusal_begins_at_its_top() {
        alice.opens("/parametres");

        assertThat(page.locator("body")).isFocused();
    }

    @Test
    void a_text_beyond_what_the_hub_reads_is_called_too_long_and_is_there_again_a_step_back() {
        alice.opens("/lieux/" + alice.placeAt(1) + "/informations");
        pasted();
        page.getByText("ENREGISTRER").click();

        assertThat(page.locator("main [role=alert]")).containsText("Le texte que vous avez envoyé est trop long");
        assertThat(page.locator("main")).not().containsText("trop longtemps");
        page.goBack();
        assertThat(page.locator("#texte")).hasValue(MUCH);
    }

    @Test
    void in_its_pop_in_it_stays_as_typed_and_is_saved_once_it_is_shorter() {
        alice.opens("/agenda");
        page.getByText("Informations complémentaires").first().click();
        page.locator("dialog #texte").waitFor();
        pasted();
        page.locator("dialog").getByText("ENREGISTRER").click();

        Locator told = page.locator("dialog .unanswered");
        assertThat(told).containsText("Le texte que vous avez envoyé est trop long");
        assertThat(told).containsText("Ce que vous avez saisi est conservé ci-dessous");
        assertThat(page.locator("#texte")).hasValue(MUCH);
        page.locator("#texte").fill("Sonnez deux fois");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator("#said")).containsText("Les informations complémentaires sont enregistrées");
    }

    @Test
    void what_a_pop_in_sends_after_the_session_has_ended_is_given_back_and_heard_from_what_is_wrong() {
        alice.opens("/agenda");
        page.getByText("Informations complémentaires").first().click();
        page.locator("dialog #texte").fill("Sonnez deux fois");
        page.context().clearCookies();

        page.locator("dialog button[type=submit]").click();

        assertThat(page.locator("main")).containsText("Sonnez deux fois");
        assertThat(page.locator("main > [role=alert]")).isFocused();
    }

    /** As a browser without the limit of the field would send it. */
    private void pasted() {
        page.locator("#texte")
                .evaluate("(field, much) => { field.removeAttribute('maxlength'); field.value = much; }", MUCH);
    }

    @Test
    void no_field_takes_more_than_the_hub_reads_of_a_form() {
        alice.opens("/lieux/" + alice.placeAt(1) + "/informations");
        page.locator("#texte").fill(MUCH);
        page.getByText("ENREGISTRER").click();

        assertThat(page.locator("#texte-fault")).isVisible();
    }

    @Test
    void what_was_typed_in_the_contact_form_is_there_again_a_step_back_from_its_refusal() {
        Page contact = refusing(browser.get().pageWithoutScripts());
        assertThat(contact.locator("main")).hasText("503");

        contact.goBack();

        assertThat(contact.locator("#message")).hasValue("Où déclarer mes lieux ?");
    }

    @Test
    void a_contact_form_that_is_not_answered_stays_with_what_was_typed_and_says_that_it_may_not_be_sent() {
        Page contact = refusing(browser.get().page("fr-FR", ColorScheme.LIGHT));

        assertThat(contact.getByRole(AriaRole.ALERT)).containsText("Votre demande n'est peut-être pas envoyée");
        assertThat(contact.getByRole(AriaRole.ALERT)).isFocused();
        assertThat(contact.locator("#message")).hasValue("Où déclarer mes lieux ?");
    }

    /** The contact form as something before the hub refuses it. */
    private Page refusing(Page contact) {
        contact.navigate("http://localhost:" + port + "/aide/contact");
        contact.locator("#message").fill("Où déclarer mes lieux ?");
        contact.route("**/aide/contact", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("text/html")
                        .setBody("<main>503</main>"));
            } else {
                route.resume();
            }
        });
        contact.getByText("Envoyer", new Page.GetByTextOptions().setExact(true)).click();
        return contact;
    }
}
