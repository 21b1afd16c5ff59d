package fr.sas.hub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.VendorBook.Doctor;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The README's pictures (docs/pictures): pages of the demo, each with what makes it worth showing. */
final class DemoPictures {

    private static final int WIDE = 1_400;

    /** Of a window that holds a working day of the week. */
    private static final int TALL = 1_330;

    private static final String FROM_HALF_PAST_SEVEN = """
            () => {
              const week = document.querySelector('.week');
              week.scrollTop = 7.5 * week.querySelector('.hours li').getBoundingClientRect().height;
            }
            """;

    private final Browser browser;
    private final String hub;

    DemoPictures(Browser browser, String hub) {
        this.browser = browser;
        this.hub = hub;
    }

    /** @param doctor of whom several vendors and the agenda have slots */
    void take(Doctor doctor) {
        String space = "/espace/effecteurs/" + doctor.nationalId();
        Page page = signedIn(browser, hub, "Médecin, avec logiciel", "/espace");
        shows(page, "/espace", "Bonjour " + doctor.given(), "Agenda Soleil");
        Browser.window(page, WIDE, TALL, "readme-dashboard");
        page.setViewportSize(WIDE, TALL);
        shows(page, space + "/agenda?semaine=" + week(doctor), "Disponibilités");
        page.evaluate(FROM_HALF_PAST_SEVEN);
        Browser.window(page, WIDE, TALL, "readme-week");
        shows(page, space + "/regulation", "Votre agenda SAS");
        Browser.window(page, WIDE, 1_000, "readme-regulation");
        Page console = signedIn(browser, hub, "Exploitation", "/console");
        shows(console, "/ops", "Agenda Soleil");
        Browser.window(console, WIDE, 1_000, "readme-console");
    }

    /** The one of the day after tomorrow. */
    private static String week(Doctor doctor) {
        ZoneId zone = doctor.offices().getFirst().zone();
        return DateTimeFormatter.ISO_WEEK_DATE
                .format(LocalDate.now(zone).plusDays(2))
                .substring(0, "2026-W49".length());
    }

    private void shows(Page page, String path, String... words) {
        page.navigate(hub + path);
        assertThat(page.textContent("main")).contains(words);
    }

    /** The terms accepted. @param button of the person, as the provider names them */
    static Page signedIn(Browser browser, String hub, String button, String path) {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        page.navigate(hub + path);
        page.getByText("Se connecter à votre compte").click();
        page.locator("button", new Page.LocatorOptions().setHasText(button)).click();
        if (page.url().contains("/conditions")) {
            page.getByLabel("Vous acceptez les conditions générales d'utilisation")
                    .check();
            page.getByText("Valider").click();
            page.navigate(hub + path);
        }
        return page;
    }
}
