package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What guide 003 (2.4, 2.5) says of availability, unavailability and information, walked in a browser, row by row; each ends at a search. */
@PeopleHubTest
class AvailabilityWalksTest {

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    private final LocalDate day = Walker.aWednesday();
    private Walker alice;

    @BeforeEach
    void a_practitioner_with_two_places_signs_in() {
        alice = Walker.practitioner(browser.get(), port, 2);
    }

    @Test
    void PM3_each_place_of_the_dashboard_leads_to_its_agenda() {
        alice.opensSpace();
        Locator place = alice.page.locator("article.place").nth(1);
        assertThat(place).containsText("Éditer pour déclarer ou modifier vos créneaux disponibles");

        place.getByText("ÉDITER VOS DISPONIBILITÉS").click();

        assertThat(alice.page.locator("h1")).containsText("Ajouter ou modifier vos disponibilités");
        assertThat(alice.page.locator("nav[aria-label='Vos lieux de consultation'] [aria-current]"))
                .containsText("2 rue des Lilas");
    }

    @Test
    void PM7_PM11_a_range_says_how_many_patients_and_is_for_the_general_public() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        Locator dialog = alice.typesIn(day, "17:00", "19:00");
        dialog.getByLabel("Je peux recevoir X patients (sans RDV) sur cette plage horaire")
                .check();
        dialog.getByLabel("Nombre de patients (X)").fill("5");
        dialog.getByLabel("Consultation en cabinet").check();
        assertThat(alice.saves()).contains("Vos créneaux sont désormais visibles des professionnels de santé du SAS");

        alice.isFoundAtOnce(day, "17:00-19:00");
        assertThat(alice.slots(day).getFirst().toString()).contains("\"PUBLIC\"", "\"valueInteger\":5");
        assertThat(alice.block("17h00 - 19h00")).containsText("5 places sur 5");
    }

    @Test
    void PM13_availability_may_overlap_and_every_one_of_it_is_found() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        Locator dialog = alice.typesIn(day, "09:00", "12:00");
        assertThat(dialog)
                .containsText(
                        "Vous pouvez superposer vos disponibilités sans rendez-vous, sur rendez-vous à domicile. Lorsque vous êtes en congés, pensez à supprimer vos disponibilités.");
        dialog.getByLabel("Consultation en cabinet").check();
        alice.saves();

        alice.typesIn(day, "10:00", "11:00").getByLabel("Visite à domicile").check();
        alice.saves();

        alice.isFoundAtOnce(day, "09:00-12:00", "10:00-11:00");
        assertThat(alice.block("09h00 - 12h00")).isVisible();
        assertThat(alice.block("10h00 - 11h00")).containsText("Visite à domicile");
    }

    @Test
    void PM15_PM16_what_comes_every_week_is_changed_and_deleted_once_or_for_all_weeks() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        Locator dialog = alice.typesIn(day, "08:00", "09:00");
        dialog.getByLabel("Consultation en cabinet").check();
        dialog.getByLabel("Chaque Mercredi").check();
        alice.saves();

        alice.page.getByLabel("Modifier : 08h00 - 09h00").click();
        assertThat(dialog).containsText("Appliquer cette modification :");
        assertThat(dialog.getByLabel("à cette occurrence uniquement : " + Walker.FRENCH.format(day)))
                .isChecked();
        dialog.getByLabel("à toutes les semaines").check();
        dialog.getByLabel("Chaque Mercredi").uncheck();
        dialog.getByLabel("Chaque Jeudi").check();
        assertThat(alice.saves()).contains("Votre modification est enregistrée");
        assertThat(alice.page.locator(".block.fresh")).containsText("08h00 - 09h00");
        alice.isFoundAtOnce(day);
        alice.isFoundAtOnce(day.plusDays(1), "08:00-09:00");
        alice.isFoundAtOnce(day.plusDays(8), "08:00-09:00");

        alice.page.getByLabel("Supprimer : 08h00 - 09h00").click();
        assertThat(dialog).containsText("08h00 - 09h00 ?");
        dialog.getByLabel("Supprimer le créneau ou la plage pour toutes les semaines à compter du "
                        + Walker.FRENCH.format(day.plusDays(1)))
                .check();
        dialog.getByLabel("Supprimer cette occurrence uniquement : " + Walker.FRENCH.format(day.plusDays(1)))
                .check();
        alice.saves();
        alice.isFoundAtOnce(day.plusDays(1));
        alice.isFoundAtOnce(day.plusDays(8), "08:00-09:00");

        alice.opensWeekOf(day.plusDays(8));
        alice.page.getByLabel("Supprimer : 08h00 - 09h00").click();
        dialog.getByLabel("Supprimer le créneau ou la plage pour toutes les semaines à compter du "
                        + Walker.FRENCH.format(day.plusDays(8)))
                .check();
        alice.saves();
        alice.isFoundAtOnce(day.plusDays(8));
        alice.isFoundAtOnce(day.plusDays(15));
    }

    @Test
    void PM14_whoever_changes_the_hours_of_an_expected_patient_is_asked_first() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        alice.types(day, "08:00", "08:15");
        alice.platform
                .as("test-platform")
                .post(
                        "/fhir/Appointment",
                        AnAppointment.with(
                                        alice.id,
                                        day.atTime(8, 0).atZone(Walker.PARIS).toInstant())
                                .toString());
        alice.page.getByLabel("Modifier : 08h00 - 08h15").click();
        Locator dialog = alice.page.locator("dialog");
        assertThat(dialog).containsText("1 patient y est attendu.");
        dialog.locator("#debut").fill("09:00");
        dialog.locator("#fin").fill("09:15");

        dialog.getByText("ENREGISTRER").last().click();

        Locator confirmed = dialog.getByLabel("Oui, j'enregistre cette modification et je préviens la régulation");
        assertThat(confirmed).isFocused();
        assertThat(confirmed).hasAccessibleDescription(Pattern.compile("prévenez la régulation"));
        assertThat(dialog.locator("#debut")).hasValue("09:00");
        confirmed.check();
        assertThat(alice.saves()).contains("Votre modification est enregistrée");
        assertThat(alice.block("09h00 - 09h15")).isVisible();
    }

    @Test
    void PM12_PM6_an_answer_holds_for_the_hours_it_was_given_for() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        Locator dialog = alice.typesIn(day, "22:00", "02:00");
        dialog.getByLabel("Consultation en cabinet").check();
        dialog.getByText("ENREGISTRER").last().click();
        Locator night = dialog.getByLabel("Cette disponibilité se termine le lendemain ?");
        night.check();

        dialog.locator("#fin").fill("20:00");
        assertThat(night).isHidden();
        dialog.getByText("ENREGISTRER").last().click();
        assertThat(night).isVisible();
        assertThat(night).not().isChecked();
        assertThat(dialog).containsText("Oui, je reçois un seul patient de 22h00 à 20h00");
        dialog.locator("#fin").fill("02:00");
        dialog.getByText("ENREGISTRER").last().click();
        night.check();
        alice.saves();

        assertThat(alice.block("22h00 - 02h00").first()).isVisible();
    }

    @Test
    void PM19_information_is_read_in_the_professional_record_also_of_whoever_has_no_slot() {
        alice.platform.put("/api/v1/practitioners/" + alice.id + "/settings", """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false, "declaresTwoHours": true}""");
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        alice.page.getByText("Informations complémentaires").click();
        Locator text = alice.page.getByLabel("Ajouter des informations complémentaires :");
        assertThat(text)
                .hasAttribute(
                        "placeholder", "Ajout d'informations complémentaires à destination de la régulation médicale");
        text.fill("Merci de me contacter sur le 06.00.00.00.01 pour prendre RDV.");
        alice.saves();

        await().untilAsserted(() ->
                assertThat(alice.role()).contains("Merci de me contacter sur le 06.00.00.00.01 pour prendre RDV."));
        alice.opens("/regulation");
        assertThat(alice.page.locator("main")).containsText("Pas de créneau disponible");
        assertThat(alice.page.locator("main"))
                .containsText("Merci de me contacter sur le 06.00.00.00.01 pour prendre RDV.");
    }

    @Test
    void PM21_PM22_up_to_three_periods_are_planned_added_one_by_one_and_removed() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        alice.page.getByText("Programmer une indisponibilité").click();
        Locator dialog = alice.page.locator("dialog");
        assertThat(dialog)
                .containsText(
                        "En validant votre indisponibilité, vos disponibilités pour ce lieu d'exercice seront désactivées sur la plage sélectionnée et vous n'apparaîtrez plus dans les résultats de recherche. Vos disponibilités seront réactivées automatiquement à la fin de la période d'indisponibilité sélectionnée. Vous devez déclarer l'indisponibilité individuellement sur chacun des lieux pour lesquels vous souhaitez désactiver vos disponibilités.");
        assertThat(dialog).containsText("Vous pouvez saisir jusqu'à 3 indisponibilités programmées.");
        for (int period = 0; period < 3; period++) {
            if (period > 0) {
                dialog.getByText("+ Ajouter une autre période d'indisponibilité")
                        .click();
            }
            dialog.locator("#du" + period).fill(day.plusDays(10L * period).toString());
            dialog.locator("#au" + period).fill(day.plusDays(10L * period + 2).toString());
        }
        assertThat(dialog.getByText("+ Ajouter une autre période d'indisponibilité"))
                .hasCount(0);
        dialog.getByLabel("Supprimer la période 2").click();
        assertThat(dialog.locator("#du2")).hasCount(0);
        assertThat(alice.saves()).contains("L'indisponibilité est enregistrée.");

        alice.opensSpace();
        assertThat(alice.page.locator("article.place").first())
                .containsText("Du " + Walker.FRENCH.format(day) + " au " + Walker.FRENCH.format(day.plusDays(2)));
        assertThat(alice.page.locator("ul.away li")).hasCount(2);
    }

    @Test
    void PM23_PM24_an_absence_hides_the_place_it_is_said_for_and_no_other_until_the_box_is_unticked() {
        for (int place = 1; place <= 2; place++) {
            alice.opens("/agenda?lieu=" + alice.placeAt(place));
            alice.types(day, "0" + (6 + place) + ":00", "0" + (7 + place) + ":00");
        }
        alice.isFoundAtOnce(day, "07:00-08:00", "08:00-09:00");

        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        Locator box = alice.page.locator("dialog").getByLabel("Dès maintenant pour une durée indéterminée");
        alice.page.getByText("Programmer une indisponibilité").click();
        box.check();
        alice.saves();
        alice.isFoundAtOnce(day, "08:00-09:00");

        alice.page.getByText("Programmer une indisponibilité").click();
        box.uncheck();
        alice.page.locator("dialog #du0").fill(day.minusDays(2).toString());
        alice.page.locator("dialog #au0").fill(day.minusDays(1).toString());
        alice.saves();
        alice.isFoundAtOnce(day, "07:00-08:00", "08:00-09:00");
        alice.types(day.minusDays(1), "07:00", "08:00");
        alice.isFoundAtOnce(day.minusDays(1));
    }

    @Test
    void PM25_an_absence_is_changed_and_deleted_from_the_box_of_the_dashboard() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        alice.types(day, "08:00", "09:00");
        Locator absences = alice.page.getByText("ÉDITER : Périodes d'indisponibilité, 1 rue des Lilas");
        alice.opensSpace();
        absences.click();
        alice.page.locator("#du0").fill(day.minusDays(1).toString());
        alice.page.locator("#au0").fill(day.plusDays(1).toString());
        alice.savesThePage();
        alice.isFoundAtOnce(day);

        alice.opensSpace();
        absences.click();
        assertThat(alice.page.locator("#au0")).hasValue(day.plusDays(1).toString());
        alice.page.locator("#au0").fill(day.minusDays(1).toString());
        alice.savesThePage();
        alice.isFoundAtOnce(day, "08:00-09:00");

        alice.opensSpace();
        absences.click();
        alice.page.getByText("× Supprimer").first().click();
        alice.savesThePage();
        alice.opensSpace();
        assertThat(alice.page.locator("article.place").first())
                .containsText("Éditer pour déclarer des périodes d'indisponibilité");
    }

    @Test
    void PM26_hours_of_a_place_overseas_are_those_of_its_own_clock() {
        Walker islander = Walker.practitioner(
                browser.get(), port, List.of(Walker.place("1974000088", 3, "97442", "SAINT-PHILIPPE")));
        islander.opensSpace();
        assertThat(islander.page.locator("article.place")).containsText("Heures locales");

        islander.opensWeekOf(day);
        islander.types(day, "08:00", "09:00");

        islander.isFoundAtOnce(day, "08:00-09:00");
        assertThat(islander.slots(day).getFirst().path("start").asText()).matches(day + "T08:00:00(.000)?\\+04:00");
        assertThat(islander.block("08h00 - 09h00")).isVisible();
    }

    @Test
    void PM27_the_regulation_reads_whom_to_phone() {
        alice.opens("/agenda?lieu=" + alice.placeAt(1));
        alice.types(LocalDate.now(Walker.PARIS).plusDays(1), "08:00", "09:00");

        alice.opens("/regulation");

        assertThat(alice.page.locator("article.place").first()).containsText("Téléphone\u00a0: 01 02 03 04 05");
        assertThat(alice.answer(LocalDate.now(Walker.PARIS).plusDays(1)).toString())
                .contains("+33102030405");
    }
}
