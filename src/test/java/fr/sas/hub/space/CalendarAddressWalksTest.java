package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The secret address is shown once: it is copied by a button, whatever the browser allows. */
@PeopleHubTest
class CalendarAddressWalksTest {

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    private Walker alice;

    @BeforeEach
    void a_practitioner_has_a_place() {
        alice = Walker.practitioner(browser.get(), port, 1);
    }

    @Test
    void the_button_copies_the_address_and_says_so() {
        Page page = alice.page;
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        makesAnAddress(page);

        copy(page).click();

        assertThat(page.locator("[role=status]")).hasText("Adresse copiée.");
        assertThat(page.evaluate("() => navigator.clipboard.readText()"))
                .isEqualTo(page.locator(".address").textContent());
    }

    @Test
    void a_browser_that_refuses_has_the_address_selected_and_the_page_says_what_to_do() {
        Page page = alice.page;
        page.addInitScript("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));");
        makesAnAddress(page);

        copy(page).click();

        assertThat(page.locator("[role=status]"))
                .hasText(
                        "Votre navigateur n'a pas pu la copier : elle est sélectionnée, copiez-la par Ctrl + C ou ⌘ + C.");
        assertThat(page.evaluate("() => String(getSelection())"))
                .isEqualTo(page.locator(".address").textContent());
    }

    @Test
    void without_scripts_there_is_no_button_that_does_nothing() {
        Page plain = browser.get().pageWithoutScripts();
        SignInProvider.signIn(
                plain,
                "http://localhost:" + port,
                "walker-" + alice.id,
                SignInProvider.practitioner(alice.id, "Alice", "DURAND"));
        makesAnAddress(plain);

        assertThat(copy(plain)).isHidden();
        assertThat(plain.locator(".address")).isVisible();
    }

    private void makesAnAddress(Page page) {
        page.navigate("http://localhost:" + port + "/espace/effecteurs/" + alice.id + "/agenda/adresse");
        page.getByText("Créer l'adresse").click();
        page.locator(".address").waitFor();
    }

    private static Locator copy(Page page) {
        return page.getByText("Copier", new Page.GetByTextOptions().setExact(true));
    }
}
