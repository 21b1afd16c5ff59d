package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The agenda in a browser, walk by walk as guide 003 (2.4, 2.5) tells it; each is named after its row. */
@PeopleHubTest
class AgendaWalkTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Source VENDOR = new Source("agenda-lune");
    private static final AtomicInteger PEOPLE = new AtomicInteger(810_077_000);

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    private final LocalDate day = LocalDate.now(PARIS).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
    private String rpps;
    private Page page;

    @BeforeEach
    void a_practitioner_looks_at_a_week() {
        rpps = "810" + PEOPLE.incrementAndGet();
        HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + rpps, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000901"],
                 "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS"}]}""");
        page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub(), rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
        open(day);
    }

    @Test
    void pm5_a_pm10_creer_une_plage_dans_la_fenetre_et_la_regulation_la_trouve_aussitot() {
        page.getByText("Créer des disponibilités").first().click();
        Locator dialog = page.locator("dialog");
        assertThat(dialog).containsText("AJOUTER OU MODIFIER DES DISPONIBILITÉS");
        assertThat(dialog).containsText("Vous pouvez superposer vos disponibilités sans rendez-vous");
        assertThat(dialog)
                .containsText("Je souhaite rendre visible un créneau disponible (Ex. : 10h00-10h15, 10h15-10h30,...)");
        assertThat(dialog)
                .containsText("à privilégier lorsque vous ne pouvez recevoir qu'un patient sur un créneau < 1h");
        dialog.getByLabel("Date *").fill(day.toString());
        dialog.getByLabel("De *").fill("17:00");
        dialog.getByLabel("A *").fill("19:00");
        assertThat(dialog.locator("#patients")).isHidden();
        dialog.getByLabel("Je peux recevoir X patients").check();
        dialog.locator("#patients").fill("4");
        dialog.getByLabel("Téléconsultation").check();
        assertThat(Axe.breaches(page)).as("the pop-in").isEmpty();
        Browser.picture(page, "people-agenda-pop-in");
        dialog.getByText("ENREGISTRER").click();

        assertThat(page.locator("#said")).containsText("Vos créneaux sont désormais visibles");
        assertThat(found()).contains(day + "T17:00:00");
        assertThat(block("17h00 - 19h00")).containsText("4 places sur 4");
        assertThat(page.url()).contains("semaine=" + IsoWeek.of(day));
    }

    @Test
    void pm9_le_jour_de_la_date_saisie_est_coche_tout_seul() {
        page.getByText("Créer des disponibilités").first().click();
        page.locator("#date").fill(day.toString());
        int weekday = day.getDayOfWeek().getValue();
        Locator days = page.locator("dialog [name=jours]");

        days.nth(weekday % 7).check();

        assertThat(days.nth(weekday - 1)).isChecked();
    }

    @Test
    void pm15_pour_toutes_les_semaines_le_jour_coche_suit_la_date() {
        type("08:00", "08:15");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();
        Locator days = page.locator("dialog [name=jours]");
        int weekday = day.getDayOfWeek().getValue();
        days.nth(weekday - 1).check();
        days.nth(weekday % 7).check();
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("Cette disponibilité a lieu chaque");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();

        page.locator("#date").fill(day.plusDays(2).toString());
        assertThat(days.nth(weekday - 1)).isChecked();
        page.getByLabel("à toutes les semaines").check();

        assertThat(days.nth(weekday - 1)).not().isChecked();
        assertThat(days.nth(weekday % 7)).isChecked();
        assertThat(days.nth((weekday + 1) % 7)).isChecked();
        page.getByLabel("à cette occurrence uniquement").check();
        assertThat(days.nth(weekday - 1)).isChecked();
        assertThat(days.nth((weekday + 1) % 7)).not().isChecked();
    }

    @Test
    void pm15_d_une_occurrence_deja_deplacee_le_seul_jour_coche_suit_la_date() {
        type("08:00", "08:15");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();
        Locator days = page.locator("dialog [name=jours]");
        int weekday = day.getDayOfWeek().getValue();
        days.nth(weekday - 1).check();
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("Cette disponibilité a lieu chaque");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();
        page.locator("#date").fill(day.plusDays(1).toString());
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).not().containsText("Cette disponibilité a lieu chaque");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();

        page.locator("#date").fill(day.plusDays(2).toString());
        page.getByLabel("à toutes les semaines").check();

        assertThat(days.nth(weekday - 1)).not().isChecked();
        assertThat(days.nth(weekday % 7)).not().isChecked();
        assertThat(days.nth((weekday + 1) % 7)).isChecked();
    }

    @Test
    void pm12_une_fin_avant_le_debut_est_demandee_dans_la_fenetre_sans_rien_perdre() {
        page.getByText("Créer des disponibilités").first().click();
        page.locator("#date").fill(day.toString());
        page.locator("#debut").fill("22:00");
        page.locator("#fin").fill("02:00");
        page.locator("dialog").getByText("ENREGISTRER").click();

        page.getByLabel("Cette disponibilité se termine le lendemain ?").check();
        assertThat(page.locator("#debut")).hasValue("22:00");
        page.locator("dialog").getByText("ENREGISTRER").click();

        assertThat(page.locator(".block").first()).containsText("22h00 - 02h00");
    }

    @Test
    void pm14_a_pm17_le_crayon_et_la_poubelle_se_passent_de_souris_et_la_suppression_s_annule() {
        type("08:00", "08:15");
        Locator pencil = page.getByLabel("Modifier : 08h00 - 08h15").first();
        pencil.focus();
        page.keyboard().press("Enter");
        page.locator("#fin").fill("08:30");
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(block("08h00 - 08h30")).isVisible();
        assertThat(found()).contains(day + "T08:30:00");

        page.getByLabel("Supprimer : 08h00 - 08h30").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).containsText("08h00 - 08h30 ?");
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(page.locator(".block")).hasCount(0);
        assertThat(page.getByText("Annuler la suppression")).isVisible();
        assertThat(found()).doesNotContain(day + "T08:30:00");
        page.getByText("Annuler la suppression").click();

        assertThat(block("08h00 - 08h30")).isVisible();
        assertThat(page.locator(".block.fresh")).isFocused();
    }

    @Test
    void pm4_la_liste_de_la_semaine_commence_aujourd_hui_et_donne_les_jours_passes_si_on_les_demande() {
        int past = LocalDate.now(PARIS).getDayOfWeek().getValue() - 1;
        page.setViewportSize(390, 844);
        page.navigate(hub() + agenda() + "?jour=tous");

        assertThat(page.locator(".day:visible")).hasCount(7 - past);
        if (past > 0) {
            page.getByText("Voir aussi les jours passés").click();
            assertThat(page.locator(".day:visible")).hasCount(7);
        }
        page.getByText("Jours précédents").click();
        page.getByText("Toute la semaine").click();
        assertThat(page.locator(".day:visible")).hasCount(7);
    }

    @Test
    void pm6_un_long_creneau_pour_un_seul_patient_est_demande_dans_la_fenetre() {
        page.getByText("Créer des disponibilités").first().click();
        page.locator("#date").fill(day.toString());
        page.locator("#debut").fill("08:00");
        page.locator("#fin").fill("20:00");
        page.locator("dialog").getByText("Enregistrer").click();
        assertThat(page.locator("dialog")).containsText("Êtes-vous sûr ?");

        page.getByLabel("Oui, je reçois un seul patient de 08h00 à 20h00").check();
        page.locator("dialog").getByText("Enregistrer").click();

        assertThat(block("08h00 - 20h00")).isVisible();
    }

    @Test
    void pm6_ce_qui_est_saisi_tard_dans_la_journee_est_a_l_ecran_avec_le_message_qui_le_dit() {
        aLongDay();
        for (int width : List.of(1_400, 390)) {
            page.setViewportSize(width, 844);
            page.navigate(hub() + agenda() + "?jour=" + day);
            String start = width > 1_000 ? "22:00" : "22:40";
            page.getByText("Créer des disponibilités").first().click();
            page.getByLabel("Date *").fill(day.toString());
            page.getByLabel("De *").fill(start);
            page.getByLabel("A *").fill("23:30");
            page.locator("dialog").getByText("ENREGISTRER").click();
            assertThat(page.locator("#said")).isFocused();
            isInSight(page, block(start.replace(':', 'h')));

            page.getByLabel("Supprimer : " + start.replace(':', 'h')).first().click();
            page.locator("dialog").getByText("ENREGISTRER").click();
            assertThat(block(start.replace(':', 'h'))).hasCount(0);
            page.mouse().move(5, 400);
            page.evaluate("scrollTo(0, document.body.scrollHeight)");
            assertThat(page.getByText("Annuler la suppression")).isInViewport();
            page.getByText("Annuler la suppression").click();
            isInSight(page, block(start.replace(':', 'h')));
            page.getByLabel("Fermer ce message").click();
            assertThat(page.locator("#said")).hasCount(0);
        }
    }

    @Test
    void pm6_le_message_ne_couvre_aucun_jour_de_la_semaine_ou_que_l_on_aille() {
        aLongDay();
        for (int width : List.of(1_400, 1_024, 390)) {
            page.setViewportSize(width, 844);
            page.navigate(hub() + agenda() + "?jour=" + day);
            page.getByText("Créer des disponibilités").first().click();
            page.getByLabel("Date *").fill(day.toString());
            page.getByLabel("De *").fill("21:00");
            page.getByLabel("A *").fill("21:15");
            page.locator("dialog").getByText("ENREGISTRER").click();
            assertThat(page.locator("#said")).isVisible();

            assertThat((boolean) page.evaluate("""
                    () => [...document.querySelectorAll('.head')].filter(head => head.checkVisibility()).every(head => {
                      scrollTo(0, scrollY + head.getBoundingClientRect().top);
                      const box = head.getBoundingClientRect();
                      const seen = document.elementFromPoint(box.left + 10, box.top + 10);
                      return head.contains(seen);
                    })""")).as("headings at %s", width).isTrue();
            page.evaluate("scrollTo(0, document.body.scrollHeight)");
            assertThat((boolean) page.evaluate("""
                    () => { const last = [...document.querySelectorAll('footer a')].at(-1).getBoundingClientRect();
                      return last.bottom <= document.querySelector('#said').getBoundingClientRect().top; }"""))
                    .as("the end of the page at %s", width)
                    .isTrue();
            page.getByLabel("Supprimer : 21h00").first().click();
            page.locator("dialog").getByText("ENREGISTRER").click();
            assertThat(block("21h00")).hasCount(0);
        }
    }

    @Test
    void pm6_sans_javascript_l_adresse_mene_a_ce_qui_est_saisi() {
        aLongDay();
        Page plain = browser.get().pageWithoutScripts();
        SignInProvider.signIn(plain, hub(), rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
        for (int width : List.of(1_400, 390)) {
            plain.setViewportSize(width, 844);
            String start = width > 1_000 ? "22:00" : "22:40";
            plain.navigate(
                    hub() + agenda() + "/disponibilites/nouvelle?date=" + day + "&debut=" + start + "&fin=23:30");
            plain.getByText("ENREGISTRER").click();
            isInSight(plain, plain.locator(".block", withText(start.replace(':', 'h'))));

            plain.locator(".block", withText(start.replace(':', 'h')))
                    .getByLabel("Modifier")
                    .click();
            plain.getByLabel("A *").fill("23:45");
            plain.getByText("ENREGISTRER").click();
            isInSight(plain, plain.locator(".block", withText(start.replace(':', 'h') + " - 23h45")));
        }
    }

    /** The whole of it, covered by nothing, and the notice about it too. */
    private static void isInSight(Page page, Locator block) {
        assertThat(page.locator("#said")).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        assertThat(block).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.95));
        assertThat((boolean) block.evaluate("""
                block => { const box = block.getBoundingClientRect();
                  return [box.top + 5, box.bottom - 5].every(y => block.contains(document.elementFromPoint(box.left + 8, y))); }""")).as("something covers it").isTrue();
    }

    /** So that its end is further than a screen is high. */
    private void aLongDay() {
        for (int hour = 8; hour < 18; hour++) {
            type("%02d:00".formatted(hour), "%02d:30".formatted(hour));
        }
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

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

    @Test
    void pm18_et_pm20_les_informations_et_l_indisponibilite_dans_leur_fenetre() {
        page.getByText("Informations complémentaires").click();
        page.locator("#texte").fill("Merci d'appeler");
        assertThat(page.locator("#left")).containsText("Il reste 985 caractères.");
        assertThat(Axe.breaches(page)).isEmpty();
        page.locator("#texte").fill("a".repeat(1_200));
        assertThat(page.locator("#left")).containsText("200 caractères de trop.");
        page.locator("#texte").fill("Merci d'appeler");
        page.locator("dialog").getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("Les informations complémentaires sont enregistrées.");

        page.getByText("Programmer une indisponibilité").click();
        page.locator("#du0").fill(day.toString());
        page.locator("#au0").fill(day.toString());
        page.getByText("+ Ajouter une autre période d'indisponibilité").click();
        assertThat(page.locator("#du1")).isVisible();
        assertThat(Axe.breaches(page)).isEmpty();
        Browser.picture(page, "people-unavailability-pop-in");
        page.locator("dialog").getByText("ENREGISTRER").last().click();

        assertThat(page.locator(".block.away")).containsText("toute la journée");
    }

    @Test
    void pm20_des_maintenant_pour_une_duree_indeterminee_et_la_recherche_ne_trouve_plus_rien() {
        type("08:00", "08:15");
        assertThat(found()).contains(day + "T08:00:00");
        page.getByText("Programmer une indisponibilité").click();
        Locator dialog = page.locator("dialog");
        assertThat(dialog.locator("h2")).hasText("PÉRIODE D'INDISPONIBILITÉ");
        assertThat(dialog.locator("legend")).hasText("Vous êtes indisponible");
        dialog.getByLabel("Dès maintenant pour une durée indéterminée").check();
        dialog.getByText("ENREGISTRER").last().click();

        assertThat(page.locator("#said")).containsText("L'indisponibilité est enregistrée.");
        assertThat(found()).doesNotContain(day + "T08:00:00");
    }

    /** By the first search after the page has said that it is saved. */
    private String found() {
        return HubClient.at(port)
                .get(HubClient.slotsOf(day.atStartOfDay(PARIS).toInstant(), rpps))
                .body();
    }

    /** Types one patient's slot on the day, in the form as a page. */
    private void type(String start, String end) {
        page.navigate(hub() + agenda() + "/disponibilites/nouvelle?date=" + day + "&debut=" + start + "&fin=" + end);
        page.getByText("ENREGISTRER").click();
        if (end.compareTo(start) < 0) {
            page.getByLabel("Cette disponibilité se termine le lendemain ?").check();
            page.getByText("ENREGISTRER").click();
        }
        assertThat(page.locator("#said")).isVisible();
    }

    private void vendorSlots() {
        Descriptor.of(VENDOR.name()).mode("push").roster(rpps).dropInto(connectors);
        await().atMost(Duration.ofSeconds(30)).until(() -> vendors.find(VENDOR).isPresent());
        index.replace(participation.screen(Batches.batch(
                VENDOR,
                Instant.now(),
                List.of(new PractitionerId(rpps)),
                day.minusDays(1).atTime(14, 0).atZone(PARIS).toInstant(),
                8)));
    }

    private void open(LocalDate date) {
        page.navigate(hub() + agenda() + "?semaine=" + IsoWeek.of(date));
    }

    private Locator block(String hours) {
        return page.locator(".block", new Page.LocatorOptions().setHasText(hours));
    }

    private String title() {
        LocalDate monday = IsoWeek.of(day).monday();
        return DayWords.of(monday, "d MMMM yyyy", Locale.FRENCH) + " - "
                + DayWords.of(monday.plusDays(6), "d MMMM yyyy", Locale.FRENCH);
    }

    private String placeOf() {
        return HubClient.at(port)
                .as("test-portal")
                .json("/api/v1/practitioners/" + rpps)
                .path("places")
                .path(0)
                .path("id")
                .asText();
    }

    private String agenda() {
        return "/espace/effecteurs/" + rpps + "/agenda";
    }

    private String hub() {
        return "http://localhost:" + port;
    }
}
