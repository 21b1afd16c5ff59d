package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What guides 002 (2.1 to 2.3) and 004 (II to IV) say of a centre's agenda, walked in a browser, row by row. */
@PeopleHubTest
class CentreWalksTest {

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    private final LocalDate day = Walker.aWednesday();
    private Walker noa;

    @BeforeEach
    void a_manager_of_a_centre_signs_in() {
        noa = Walker.manager(browser.get(), port, true);
    }

    @Test
    void FM2_FM3_FM4_FM5_HC7_from_the_linked_structure_both_boxes_and_the_number_make_the_centre_take_part() {
        Walker sam = Walker.manager(browser.get(), port, false);
        sam.opensSpace();
        assertThat(sam.page.locator("h1")).hasText("Bonjour Noa PETIT");
        assertThat(sam.page.locator("main"))
                .containsText("Bienvenue sur votre page personnalisée de la plateforme Service d'Accès aux Soins.");
        assertThat(sam.page.locator("h2").getByText("Vos structures liées")).isVisible();
        Locator linked = sam.page.locator(".linked");
        assertThat(linked).containsText("CDS " + sam.id);
        assertThat(linked).containsText("1 rue des Lilas 75010 VILLE");
        assertThat(linked.getByText("ÉDITER LES DISPONIBILITÉS")).isVisible();
        linked.getByText("ÉDITER LES PARAMÈTRES").click();

        assertThat(sam.page.locator("h1")).containsText("Vos paramètres");
        assertThat(sam.page.locator("main")).containsText("Je participe au SAS en tant que Centre de Santé");
        sam.page
                .getByLabel(
                        "J'accepte d'être directement contacté par la régulation afin que le Centre soit sollicité pour prendre des patients en sus de ses disponibilités")
                .check();
        sam.page
                .getByLabel(
                        "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon centre de santé sur mon agenda de la plateforme numérique SAS")
                .check();
        Locator number = sam.page.getByLabel("Nombre de professionnel de santé du Centre de santé participant au SAS");
        number.fill("");
        sam.page.getByText("ENREGISTRER").click();
        assertThat(sam.page.locator("#number-fault")).containsText("indiquez le nombre de professionnels");
        number.fill("4");
        sam.page.getByText("ENREGISTRER").click();

        assertThat(sam.page.locator("[role=status]"))
                .hasText(
                        "Votre inscription est désormais prise en compte lors d'une recherche effectuée par le SAS. Vous pouvez modifier vos paramètres à tout moment.");
        assertThat(sam.platform
                        .json("/api/v1/facilities/" + sam.id + "/settings")
                        .path("participatingProfessionals")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void FM6_HC8_two_hours_are_owed_for_each_doctor_who_takes_part_and_the_bar_says_so() {
        noa.opens("/parametres");
        assertThat(noa.page.locator("main"))
                .containsText("2 heures par semaine pour chaque médecin généraliste sur l'agenda");
        assertThat(noa.page.locator("main"))
                .containsText(
                        "Ces heures mises en visibilité ne constituent pas des créneaux spécifiquement réservés au SAS.");
        noa.page
                .getByLabel("Nombre de professionnel de santé du Centre de santé")
                .fill("4");
        noa.page.getByText("ENREGISTRER").click();

        noa.opensSpace();
        assertThat(noa.page.locator(".two-hours").first()).containsText("Cette semaine : 0 h sur 8 h");
        noa.opens("");
        assertThat(noa.page.locator("main")).containsText("deux heures pour chaque médecin qui participe");
    }

    @Test
    void a_centre_that_leaves_is_told_so_and_one_that_takes_part_that_it_is_found() {
        Locator overbooking =
                noa.page.getByLabel("J'accepte d'être directement contacté par la régulation afin que le Centre");
        noa.opens("/parametres");
        overbooking.uncheck();
        noa.page.getByText("ENREGISTRER").click();

        assertThat(noa.page.locator("[role=status]"))
                .hasText(
                        "Votre choix est enregistré : le centre ne participe pas au SAS. Vous pouvez modifier vos paramètres à tout moment.");
        assertThat(noa.page.locator(".marks")).containsText("Le centre ne participe pas au SAS");

        noa.opens("/parametres");
        overbooking.check();
        noa.page.getByText("ENREGISTRER").click();

        assertThat(noa.page.locator("[role=status]")).containsText("Votre inscription est désormais prise en compte");
    }

    @Test
    void FM7_whoever_does_not_let_the_centre_be_called_reads_that_it_is_not_paid() {
        String notice = "alors vous n'êtes pas éligible à la rémunération SAS prévue par l'avenant n°4";
        noa.opensWeekOf(day);
        assertThat(noa.page.locator("main")).not().containsText(notice);

        noa.opens("/parametres");
        noa.page
                .getByLabel("J'accepte d'être directement contacté par la régulation afin que le Centre")
                .uncheck();
        noa.page.getByText("ENREGISTRER").click();

        noa.opensWeekOf(day);
        assertThat(noa.page.locator("main")).containsText(notice);
        assertThat(noa.page.locator("main"))
                .containsText(
                        "Si vous renseignez directement sur l'agenda de la plateforme numérique 2 heures par semaine pour chaque médecin généraliste de votre centre");
    }

    @Test
    void FM8_FM9_HC9_HC10_from_the_space_a_range_is_typed_and_found_at_once_with_the_centres_phone() {
        noa.opensSpace();
        assertThat(noa.page.locator(".linked h4")).hasText("Horaires de consultations");
        assertThat(noa.page.locator(".linked"))
                .containsText("Éditer pour déclarer ou modifier vos créneaux disponibles");
        noa.page.getByText("ÉDITER LES DISPONIBILITÉS").click();
        Locator dialog = noa.typesIn(day, "17:00", "19:00");
        assertThat(dialog).containsText("AJOUTER OU MODIFIER DES DISPONIBILITÉS");
        assertThat(dialog)
                .containsText(
                        "Je peux recevoir un patient sur ce créneau de disponibilité. (Ex. : 10h00-10h15, 10h15-10h30,...)");
        dialog.getByLabel("Je peux recevoir X patients sur cette plage horaire").check();
        dialog.getByLabel("Nombre de patients (X)").fill("6");
        dialog.getByLabel("Consultation en cabinet").check();
        dialog.getByLabel("Téléconsultation").check();
        dialog.getByLabel("Chaque Mercredi").check();

        assertThat(noa.saves())
                .contains(
                        "Vos créneaux sont désormais visibles des professionnels de santé du SAS qui pourront vous appeler pour vous adresser un patient.");
        noa.isFoundAtOnce(day, "17:00-19:00");
        noa.isFoundAtOnce(day.plusWeeks(1), "17:00-19:00");
        assertThat(noa.answer(day).toString()).contains("+33199001122", "\"valueInteger\":6");
    }

    @Test
    void FM10_FM11_HC11_pencil_and_bin_are_for_this_occurrence_or_for_all_weeks_and_the_search_follows() {
        noa.opensWeekOf(day);
        Locator dialog = noa.typesIn(day, "08:00", "09:00");
        dialog.getByLabel("Consultation en cabinet").check();
        dialog.getByLabel("Chaque Mercredi").check();
        noa.saves();

        noa.page.getByLabel("Modifier : 08h00 - 09h00").click();
        assertThat(dialog).containsText("Appliquer cette modification :");
        dialog.getByLabel("à cette occurrence uniquement : " + Walker.FRENCH.format(day))
                .check();
        dialog.locator("#fin").fill("10:00");
        noa.saves();
        noa.isFoundAtOnce(day, "08:00-10:00");
        noa.isFoundAtOnce(day.plusWeeks(1), "08:00-09:00");

        noa.page.getByLabel("Supprimer : 08h00 - 10h00").click();
        assertThat(dialog).containsText("08h00 - 10h00 ?");
        dialog.getByLabel("Supprimer cette occurrence uniquement : " + Walker.FRENCH.format(day))
                .check();
        noa.saves();
        noa.isFoundAtOnce(day);

        noa.opensWeekOf(day.plusWeeks(1));
        noa.page.getByLabel("Modifier : 08h00 - 09h00").click();
        dialog.getByLabel("à toutes les semaines").check();
        dialog.getByLabel("Visite à domicile").check();
        noa.saves();
        noa.isFoundAtOnce(day.plusWeeks(2), "08:00-09:00");

        noa.page.getByLabel("Supprimer : 08h00 - 09h00").click();
        dialog.getByLabel("Supprimer le créneau ou la plage pour toutes les semaines à compter du "
                        + Walker.FRENCH.format(day.plusWeeks(1)))
                .check();
        noa.saves();
        noa.isFoundAtOnce(day.plusWeeks(1));
        noa.isFoundAtOnce(day.plusWeeks(2));
    }

    @Test
    void FM12_HC14_information_stands_in_the_centres_record() {
        noa.opensWeekOf(day);
        noa.types(day, "08:00", "09:00");
        noa.page.getByText("Informations complémentaires").click();
        noa.page
                .getByLabel("Ajouter des informations complémentaires :")
                .fill("Merci de me contacter sur le 06.00.00.00.02 pour prendre le RDV.");
        noa.saves();

        await().untilAsserted(() -> assertThat(noa.answer(day).toString())
                .contains("Merci de me contacter sur le 06.00.00.00.02 pour prendre le RDV."));
    }

    @Test
    void FM13_HC12_HC13_the_centre_closes_now_or_for_planned_days_and_opens_again() {
        noa.opensWeekOf(day);
        noa.types(day, "08:00", "09:00");
        Locator dialog = noa.page.locator("dialog");
        noa.page.getByText("Programmer une indisponibilité").click();
        assertThat(dialog).containsText("PÉRIODE D'INDISPONIBILITÉ");
        dialog.getByLabel("Dès maintenant pour une durée indéterminée").check();
        noa.saves();
        noa.isFoundAtOnce(day);

        noa.opens("");
        noa.page.getByText("ÉDITER : Périodes d'indisponibilité").click();
        noa.page.getByLabel("Dès maintenant pour une durée indéterminée").uncheck();
        noa.page.locator("#du0").fill(day.toString());
        noa.page.locator("#au0").fill(day.toString());
        noa.page.getByText("+ Ajouter une autre période d'indisponibilité").click();
        noa.page.locator("#du1").fill(day.plusDays(10).toString());
        noa.page.locator("#au1").fill(day.plusDays(12).toString());
        noa.savesThePage();
        noa.isFoundAtOnce(day);

        noa.opens("");
        noa.page.getByText("ÉDITER : Périodes d'indisponibilité").click();
        noa.page.getByLabel("Supprimer la période 1").click();
        noa.savesThePage();
        noa.isFoundAtOnce(day, "08:00-09:00");
        noa.opens("");
        assertThat(noa.page.locator("ul.away"))
                .containsText("Du " + Walker.FRENCH.format(day.plusDays(10)) + " au "
                        + Walker.FRENCH.format(day.plusDays(12)));
    }

    @Test
    void HC1_PS15_a_salaried_doctor_does_nothing_and_is_found_with_what_the_centre_typed() {
        PractitionerId doctor = new PractitionerId("810000" + noa.id.substring(4));
        Centre centre = Centre.at(port, Integer.parseInt(noa.id.substring(4)));
        centre.employs(doctor);
        noa.opensWeekOf(day);
        noa.types(day, "08:00", "09:00");

        await().untilAsserted(() -> assertThat(Centre.slots(
                        centre.searchOf(day.atStartOfDay(Walker.PARIS).toInstant(), doctor)))
                .containsExactly(day + " 08:00-09:00"));
        Page page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(
                page,
                "http://localhost:" + port,
                "salaried-" + doctor,
                SignInProvider.practitioner(doctor.value(), "Alice", "DURAND"));
        page.navigate("http://localhost:" + port + "/espace");
        assertThat(page.locator("main"))
                .containsText(
                        "Votre centre de santé participe pour vous (CDS " + noa.id + ") : vous n'avez rien à faire.");
        page.getByText("ÉDITER : Paramètres de participation").click();
        assertThat(page.getByLabel("Comment participez-vous").locator("option")).hasText(new String[] {
            "Sélectionner", "à titre individuel", "via ma CPTS", "via ma MSP", "via mon association SOS Médecins"
        });
    }

    @Test
    void HC2_a_manager_of_two_centres_changes_between_them_and_two_managers_share_one() {
        Centre other = Centre.at(port, Integer.parseInt(noa.id.substring(4)) + 500);
        manages(other.finess(), "gestion." + noa.id + "@exemple.fr");
        manages(noa.id, "autre." + noa.id + "@exemple.fr");

        noa.opensSpace();
        assertThat(noa.page.locator(".linked")).hasCount(2);
        noa.page.getByText("CDS " + other.finess()).first().click();
        assertThat(noa.page.locator("h1")).containsText("CDS " + other.finess());

        Page second = browser.get().page("fr-FR", ColorScheme.LIGHT);
        String email = "autre." + noa.id + "@exemple.fr";
        SignInProvider.signIn(second, "http://localhost:" + port, email, SignInProvider.address(email, "Sam", "LEROY"));
        second.navigate("http://localhost:" + port + "/espace");
        assertThat(second.locator(".linked")).containsText("CDS " + noa.id);
    }

    @Test
    void FM14_FM15_FM16_help_training_and_the_way_out_are_on_every_page() {
        noa.opensWeekOf(day);
        noa.page.locator("footer").getByText("FAQ et besoin d'assistance").click();
        assertThat(noa.page.locator("h1")).containsText("Vous avez besoin d'aide ?");
        noa.page.locator("main a[href='/aide/contact']").click();
        assertThat(noa.page.locator("main")).containsText("Le nombre maximal de pièces jointes est de 3");
        assertThat(noa.page.locator("main")).containsText("La taille maximale d'une pièce jointe est de 10Mo");

        noa.page.locator("header").getByText("Espace de formation").click();
        assertThat(noa.page.locator("main"))
                .containsText(
                        "Vous trouverez ci-dessous les documents de formation, qui ont pour objectif de vous accompagner dans l'utilisation de la plateforme numérique SAS");
        assertThat(noa.page.locator("main")).containsText("Gestionnaire de structure");

        noa.page.locator("details.account summary").click();
        noa.page.getByText("Vous déconnecter").click();
        noa.page.waitForURL("**/connexion");
        noa.opensSpace();
        assertThat(noa.page).hasURL(Pattern.compile(".*/connexion"));
    }

    private void manages(String centre, String email) {
        assertThat(HubClient.at(port)
                        .as("test-portal")
                        .post(
                                "/api/v1/facilities/" + centre + "/managers",
                                "{\"email\": \"" + email + "\", \"family\": \"PETIT\", \"given\": \"Noa\"}")
                        .statusCode())
                .isEqualTo(201);
    }
}
