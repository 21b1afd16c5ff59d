package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the week of an agenda shows, on a large screen and on a telephone (guide 003, PM4). */
@PeopleHubTest
class WeekWalkTest extends WeekInBrowser {

    @Test
    void pm4_tirer_dans_un_jour_propose_ces_heures() {
        Locator column = page.locator("[data-date='" + day + "'] .blocks");
        page.evaluate("document.querySelector('.week').scrollTop = 0");
        BoundingBox box = column.boundingBox();
        double quarter = box.height / 96;
        page.mouse().move(box.x + 20, box.y + 12.5 * quarter);
        page.mouse().down();
        page.mouse().move(box.x + 20, box.y + 19.5 * quarter);
        assertThat(page.locator(".ghost").boundingBox().height).isCloseTo(8 * quarter, within(1.0));
        page.mouse().up();

        assertThat(page.locator("#date")).hasValue(day.toString());
        assertThat(page.locator("#debut")).hasValue("03:00");
        assertThat(page.locator("#fin")).hasValue("05:00");
        page.locator("dialog").getByText("ANNULER").click();
        assertThat(page.locator("dialog")).isHidden();
    }

    @Test
    void pm4_echap_abandonne_ce_que_l_on_tire() {
        page.evaluate("document.querySelector('.week').scrollTop = 0");
        page.locator("[data-date='" + day + "'] .blocks").hover(new Locator.HoverOptions().setPosition(20, 200));
        page.mouse().down();
        assertThat(page.locator(".ghost")).hasCount(1);

        page.keyboard().press("Escape");

        assertThat(page.locator(".ghost")).hasCount(0);
        page.mouse().up();
        assertThat(page.locator("dialog")).isHidden();
    }

    @Test
    void pm4_la_semaine_montre_tout() {
        type("08:00", "12:00");
        type("09:00", "09:15");
        type("22:00", "02:00");
        vendorSlots();
        page.navigate(hub() + "/espace/effecteurs/" + rpps + "/lieux/" + placeOf() + "/indisponibilites");
        page.locator("#du0").fill(day.plusDays(1).toString());
        page.locator("#au0").fill(day.plusDays(1).toString());
        page.getByText("ENREGISTRER").last().click();
        Page fresh = browser.get().page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(fresh, hub(), rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
        fresh.navigate(hub() + agenda() + "?semaine=" + IsoWeek.of(day));
        fresh.waitForLoadState();

        assertThat(fresh.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title())))
                .isVisible();
        assertThat(fresh.locator(".block.vendor").first()).containsText("agenda-lune");
        assertThat(fresh.locator("#known-until")).containsText("Les créneaux de votre logiciel sont connus jusqu'au");
        assertThat(fresh.locator(".block.away").first()).containsText("Indisponible");
        List<?> overlapping = (List<?>) fresh.evaluate("""
                () => { const boxes = [...document.querySelectorAll('[data-date="%s"] .block:not(.away)')].map(b => b.getBoundingClientRect());
                  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => a.left < b.right - 1 && b.left < a.right - 1
                    && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(() => i)); }""".formatted(day));
        assertThat(overlapping).as("blocks over each other").isEmpty();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            fresh.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(1_400, 390)) {
                fresh.setViewportSize(width, 900);
                assertThat(Axe.breaches(fresh)).as(scheme + " " + width).isEmpty();
                Browser.picture(
                        fresh, "people-agenda-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
        }
        fresh.setViewportSize(320, 700);
        assertThat((int) fresh.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
    }

    @Test
    void pm4_un_telephone_montre_un_jour_que_l_on_tourne_par_boutons_et_du_doigt() {
        LocalDate today = LocalDate.now(PARIS);
        page.setViewportSize(390, 844);
        page.navigate(hub() + agenda());
        showsOnly(page, today);
        assertThat(page.locator(".strip a[aria-current]")).hasAttribute("data-day", today.toString());

        page.navigate(hub() + agenda() + "?jour=" + day);
        showsOnly(page, day);
        page.locator(".day.shown .to-day[rel=next]").click();
        showsOnly(page, day.plusDays(1));
        assertThat(page).hasURL(Pattern.compile(".*jour=" + day.plusDays(1) + ".*"));
        swipe(-200);
        showsOnly(page, day.plusDays(2));
        swipe(200);
        swipe(-30);
        showsOnly(page, day.plusDays(1));
        page.locator(".strip a").first().click();
        showsOnly(page, IsoWeek.of(day).monday());
        swipe(200);
        showsOnly(page, IsoWeek.of(day).monday().minusDays(1));

        type("08:00", "08:15");
        showsOnly(page, day);
        assertThat(block("08h00 - 08h15")).isVisible();
        page.getByText("Toute la semaine").click();
        assertThat(page.locator(".day:visible")).hasCount(7);
        page.setViewportSize(1_400, 900);
        assertThat(page.locator(".day:visible")).hasCount(7);
        assertThat(page.locator(".strip")).isHidden();
    }

    @Test
    void pm4_sans_javascript_un_telephone_tourne_les_jours_par_leurs_liens() {
        LocalDate today = LocalDate.now(PARIS);
        Page plain = browser.get().pageWithoutScripts();
        plain.setViewportSize(390, 844);
        SignInProvider.signIn(plain, hub(), rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
        plain.navigate(hub() + agenda());
        showsOnly(plain, today);

        for (int days = 1; days <= 7; days++) {
            plain.locator(".day.shown .to-day[rel=next]").click();
            showsOnly(plain, today.plusDays(days));
        }
        plain.locator(".strip").getByText("Aujourd'hui").click();
        showsOnly(plain, today);
        plain.locator(".strip").getByText("Toute la semaine").click();
        assertThat(plain.locator(".day:visible"))
                .hasCount(8 - today.getDayOfWeek().getValue());
    }

    private static void showsOnly(Page page, LocalDate date) {
        assertThat(page.locator(".day:visible")).hasCount(1);
        assertThat(page.locator(".day:visible")).hasAttribute("data-date", date.toString());
        assertThat(page.locator(".strip [aria-current]")).hasAttribute("data-day", date.toString());
    }

    /** By a finger, over the shown day. @param across to the right */
    private void swipe(int across) {
        page.evaluate("""
                across => { for (const [kind, x] of [['touchstart', 200], ['touchend', 200 + across]]) {
                    const points = [{ clientX: x, clientY: 300 }];
                    document.querySelector('.day.shown').dispatchEvent(Object.assign(new Event(kind, { bubbles: true }), { touches: points, changedTouches: points }));
                } }""", across);
    }
}
