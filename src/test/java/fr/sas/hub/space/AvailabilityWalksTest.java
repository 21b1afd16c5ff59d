package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.PeopleHubTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What guide 003 (2.4, 2.5) says of availability, unavailability and information, walked in a browser, row by row; each ends at a search. */
@PeopleHubTest
class AvailabilityWalksTest {

    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private static Browser browser;

    @LocalServerPort
    int port;

    private final LocalDate day =
            LocalDate.now(Walker.PARIS).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
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
    void a_practitioner_with_two_places_signs_in() {
        alice = Walker.practitioner(browser, port, 2);
    }

    @Test
    void PM3_each_place_of_the_dashboard_leads_to_its_agenda() {
        alice.opensSpace();
        Locator place = alice.page.locator("article.place").nth(1);
        assertThat(place).containsText("Éditer pour déclarer ou modifier vos créneaux disponibles");

        place.getByText("ÉDITER VOS DISPONIBILITÉS").click();

        assertThat(alice.page.locator("h1")).hasText("Ajouter ou modifier vos disponibilités");
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
    void PM19_information_is_read_in_the_professional_record_also_of_who_has_no_slot() {
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

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(alice.role())
                        .contains("Merci de me contacter sur le 06.00.00.00.01 pour prendre RDV."));
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
        assertThat(alice.saves()).contains("Votre indisponibilité est enregistrée.");

        alice.opensSpace();
        assertThat(alice.page.locator("article.place").first())
                .containsText("Du " + FRENCH.format(day) + " au " + FRENCH.format(day.plusDays(2)));
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
        alice.saves();
        alice.isFoundAtOnce(day, "07:00-08:00", "08:00-09:00");
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
        alice.page.getByText("ENREGISTRER").last().click();
        alice.isFoundAtOnce(day);

        alice.opensSpace();
        absences.click();
        assertThat(alice.page.locator("#au0")).hasValue(day.plusDays(1).toString());
        alice.page.locator("#au0").fill(day.minusDays(1).toString());
        alice.page.getByText("ENREGISTRER").last().click();
        alice.isFoundAtOnce(day, "08:00-09:00");

        alice.opensSpace();
        absences.click();
        alice.page.getByText("× Supprimer").first().click();
        alice.page.getByText("ENREGISTRER").last().click();
        alice.opensSpace();
        assertThat(alice.page.locator("article.place").first())
                .containsText("Éditer pour déclarer des périodes d'indisponibilité");
    }

    @Test
    void PM26_hours_of_a_place_overseas_are_those_of_its_own_clock() {
        Walker islander =
                Walker.practitioner(browser, port, List.of(Walker.place("1974000088", 3, "97442", "SAINT-PHILIPPE")));
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

        assertThat(alice.page.locator("article.place").first()).containsText("Téléphone : 01 02 03 04 05");
        assertThat(alice.answer(LocalDate.now(Walker.PARIS).plusDays(1)).toString())
                .contains("+33102030405");
    }
}
