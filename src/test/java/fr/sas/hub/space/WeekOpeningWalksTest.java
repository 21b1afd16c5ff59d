package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Where a week opens, and how what is in it is reached where its blocks are narrow (PM4, PM14, PM16). */
@PeopleHubTest
class WeekOpeningWalksTest {

    private static Browser browser;

    @LocalServerPort
    int port;

    private final LocalDate day = Walker.aWednesday();
    private Walker alice;

    @BeforeAll
    static void a_browser_opens() {
        browser = Browser.open();
    }

    @AfterAll
    static void it_closes() {
        browser.close();
    }

    @BeforeEach
    void a_practitioner_looks_at_a_week() {
        alice = Walker.practitioner(browser, port, 1);
        alice.opensWeekOf(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05:00", "12:00"})
    void pm4_la_semaine_s_ouvre_peu_avant_la_premiere_disponibilite(String start) {
        alice.types(day, start, start.replace(":00", ":30"));

        alice.opensWeekOf(day);

        double hoursBelowTheHead = ((Number) alice.page.evaluate("""
                () => { const head = document.querySelector('.day .head').getBoundingClientRect().bottom;
                  return (document.querySelector('.block').getBoundingClientRect().top - head)
                    / document.querySelector('.hours li').getBoundingClientRect().height; }""")).doubleValue();
        assertThat(hoursBelowTheHead).isBetween(0.2, 1.5);
    }

    @ParameterizedTest
    @CsvSource({"05:00, 5", "09:30, 9", "17:00, 12", "00:30, 0"})
    void pm4_sans_javascript_les_heures_avant_la_premiere_disponibilite_sont_repliees(String start, int opensAt) {
        alice.types(day, start, start.replace(":00", ":45").replace(":30", ":45"));
        Page plain = browser.pageWithoutScripts();
        plain.setViewportSize(1_280, 900);
        SignInProvider.signIn(
                plain,
                "http://localhost:" + port,
                "walker-" + alice.id,
                SignInProvider.practitioner(alice.id, "Alice", "DURAND"));

        plain.navigate(alice.page.url().replaceAll("[?#].*", "") + "?semaine=" + IsoWeek.of(day));

        BoundingBox head = plain.locator(".day .head").first().boundingBox();
        double underHead = head.y + head.height;
        BoundingBox hour = plain.locator(".hours li").nth(opensAt).boundingBox();
        assertThat(hour.y - underHead).isBetween(-10.0, hour.height);
        BoundingBox block = plain.locator(".block").boundingBox();
        BoundingBox week = plain.locator(".week").boundingBox();
        assertThat(block.y + block.height).isLessThan(week.y + week.height);
        assertThat(block.y).isGreaterThanOrEqualTo(underHead);
        double minutes = 60 * ((block.y - hour.y) / hour.height + opensAt);
        assertThat(minutes).as("beside its hour").isBetween(minutes(start) - 20, minutes(start) + 20);
    }

    private static double minutes(String time) {
        return LocalTime.parse(time).toSecondOfDay() / 60.0;
    }

    @Test
    void pm4_une_soiree_est_a_l_ecran_des_l_ouverture() {
        alice.types(day, "21:00", "21:30");

        alice.opensWeekOf(day);

        isInTheWeekAsItOpens(alice.block("21h00 - 21h30"));
    }

    @Test
    void pm4_la_semaine_en_cours_montre_l_heure_qu_il_est() {
        alice.opens("/agenda");

        isInTheWeekAsItOpens(alice.page.locator(".day.today .now"));
    }

    @Test
    void pm14_plus_que_les_deux_heures_remplit_la_barre_et_se_lit_au_telephone_aussi() {
        alice.types(day, "08:00", "12:00");

        for (int width : List.of(1_400, 390)) {
            alice.page.setViewportSize(width, 844);
            alice.opensWeekOf(day);

            Locator hours = alice.page.locator(".hours-of-week");
            assertThat(hours).containsText("4 h sur 2 h durée atteinte");
            assertThat(hours.locator("meter").getAttribute("value")).isEqualTo("100");
            Browser.picture(alice.page, "week-hours-reached-" + width);
        }
        assertThat(((Number) alice.page.evaluate("""
                () => document.querySelector('.hours-of-week meter').getBoundingClientRect().width
                  / document.querySelector('.week-notes').getBoundingClientRect().width""")).doubleValue())
                .as("part of the phone's width that a full bar takes")
                .isGreaterThan(0.95);
    }

    /** Without scrolling the hours. */
    private void isInTheWeekAsItOpens(Locator shown) {
        alice.page.locator(".week").evaluate("week => week.scrollIntoView({ block: 'end' })");
        assertThat(shown).isInViewport();
    }

    @Test
    void pm16_sur_un_telephone_les_trois_boutons_de_la_fenetre_sont_entiers() {
        alice.types(day, "08:00", "09:00");
        alice.page.setViewportSize(390, 844);
        alice.opens("/agenda?jour=" + day);
        alice.page.getByLabel("Modifier : 08h00 - 09h00").click();

        for (String name : List.of("Annuler", "Enregistrer", "Supprimer")) {
            assertThat(alice.page.locator("#form .actions").getByText(name))
                    .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        }
    }

    @Test
    void pm16_la_fenetre_d_un_bloc_etroit_mene_a_sa_suppression_sans_souris() {
        for (int i = 0; i < 3; i++) {
            alice.types(day, "08:00", "09:00");
        }
        alice.page.setViewportSize(1_024, 800);
        Locator open = alice.page.getByLabel("Modifier : 08h00 - 09h00").first();
        open.focus();
        alice.page.keyboard().press("Enter");
        Locator delete =
                alice.page.locator("dialog").getByText("Supprimer", new Locator.GetByTextOptions().setExact(true));

        delete.focus();
        alice.page.keyboard().press("Enter");

        assertThat(alice.page.locator("dialog")).containsText("08h00 - 09h00 ?");
        assertThat(alice.saves()).contains("La disponibilité est supprimée.");
        assertThat(alice.page.locator(".block")).hasCount(2);
    }
}
