package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The agenda in a browser, walk by walk as guide 003 (2.4, 2.5) tells it; each is named after its row. */
@PeopleHubTest
class AgendaWalkTest extends WeekInBrowser {

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
}
