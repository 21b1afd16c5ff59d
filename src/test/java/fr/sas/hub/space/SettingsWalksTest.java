package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What guides 001 and 003 describe of a practitioner's settings, walked in a browser. */
class SettingsWalksTest extends PractitionerWalks {

    @Test
    void PS1_PS4_PS5_PS8_PM1_whoever_takes_part_alone_without_software_declares_two_hours() {
        Page page = signedIn();
        String twoHours = "Je déclare sur l'honneur mettre en visibilité";
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isHidden();

        page.getByLabel(
                        "J'accepte d'être directement contacté par la régulation afin d'être sollicité pour prendre des patients en sus de mes disponibilités")
                .check();
        page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isVisible();
        page.getByText("ENREGISTRER").click();
        PlaywrightAssertions.assertThat(page.locator("#through-fault")).isVisible();

        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("#two-hours-fault")).contains("deux heures de disponibilité par semaine");
        assertThat(page.getByLabel("J'accepte d'être directement contacté").isChecked())
                .as("typed values are kept")
                .isTrue();
        page.getByLabel(twoHours).check();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main"))
                .contains("Vos paramètres sont enregistrés")
                .contains("Paramètres de participation au SAS & affichage des créneaux")
                .contains("Je participe au SAS", "✗ Forfait de réorientation : Non")
                .as("somebody without software has no slots from it to be shown")
                .doesNotContain("Créneaux éditeurs affichés")
                .containsPattern("Dernière mise à jour le \\d{2}/\\d{2}/\\d{4}");
        PlaywrightAssertions.assertThat(page.getByText(
                        "Bienvenue sur votre page personnalisée de la plateforme Service d'Accès aux Soins."))
                .isVisible();
        await().untilAsserted(() -> assertThat(HubClient.at(port)
                        .json("/fhir/PractitionerRole?practitioner.identifier=" + "urn:oid:1.2.250.1.71.4.2.1%7C"
                                + doctor)
                        .at("/total")
                        .asInt())
                .isEqualTo(1));
    }

    @Test
    void PS6_PS7_whoever_takes_part_through_a_community_finds_it_by_a_part_of_its_name() {
        platform.put("/api/v1/facilities/1350000777", """
                {"name": "CPTS DU PAYS DE RENNES", "kind": "cpts", "city": "RENNES"}""");
        platform.put("/api/v1/facilities/1350000778", """
                {"name": "CPTS DE BREST", "kind": "cpts", "city": "BREST"}""");
        Page page = signedIn();
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("cpts");

        page.getByLabel("Sélectionnez dans la liste").pressSequentially("renn");
        page.getByLabel("CPTS DE BREST").waitFor(detached());
        page.getByLabel("CPTS DU PAYS DE RENNES (RENNES)").check();
        page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Je déclare sur l'honneur mettre en visibilité").check();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main")).contains("Je participe au SAS");
        assertThat(settings().path("structure").asText()).isEqualTo("1350000777");
    }

    @Test
    void PS6_without_a_script_the_button_searches_the_list_and_saves_nothing() {
        platform.put("/api/v1/facilities/1350000777", """
                {"name": "CPTS DU PAYS DE RENNES", "kind": "cpts", "city": "RENNES"}""");
        PageReader reader = reader();
        String form = "/espace/effecteurs/" + doctor + "/parametres";
        reader.open(form);

        HttpResponse<String> found = reader.submit(
                form,
                "version",
                "0",
                "participates",
                "true",
                "through",
                "cpts",
                "search",
                "pays",
                "action",
                "chercher");

        assertThat(found.body()).contains("CPTS DU PAYS DE RENNES (RENNES)");
        assertThat(settings().path("participates").asBoolean()).isFalse();
    }

    @Test
    void PS9_the_software_is_chosen_from_the_list_and_one_at_least_is_needed() {
        String vendor = "agenda-des-marches";
        Descriptor.of(vendor).dropInto(connectors);
        try {
            await().until(() -> vendors.find(new Source(vendor)).isPresent());
            Page page = signedIn();
            PlaywrightAssertions.assertThat(page.getByText("Choisissez des options"))
                    .isHidden();
            page.getByLabel("J'accepte d'être directement contacté").check();
            page.getByLabel("Comment participez-vous").selectOption("practice");
            page.getByLabel("Oui, je déclare sur l'honneur utiliser un (ou plusieurs) logiciel")
                    .check();
            PlaywrightAssertions.assertThat(page.getByText("Choisissez des options"))
                    .isVisible();
            page.getByText("ENREGISTRER").click();
            assertThat(page.textContent("main")).contains("Indiquez au moins un logiciel de gestion de rendez-vous.");

            page.getByLabel(vendor).check();
            page.getByText("ENREGISTRER").click();

            assertThat(page.textContent("main")).contains("Je participe au SAS");
            assertThat(settings().path("vendors").toString()).isEqualTo("[\"" + vendor + "\"]");
        } finally {
            Descriptor.of(vendor).leaves(connectors, port);
        }
    }

    @Test
    void PS11_whoever_refuses_and_takes_part_declares_two_hours_but_not_through_SOS() {
        Page page = signedIn();
        String twoHours =
                "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine sur mon agenda de la plateforme numérique SAS";
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByLabel("Oui, je déclare sur l'honneur utiliser").check();
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isHidden();

        page.getByLabel("Je refuse d'afficher mes créneaux « grand public » et/ou « professionnel »")
                .check();
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isVisible();
        page.getByText("ENREGISTRER").click();
        assertThat(page.textContent("#two-hours-fault")).contains("deux heures de disponibilité par semaine");
        page.getByLabel("Comment participez-vous").selectOption("sos");
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isHidden();
    }

    @Test
    void PS18_PS19_PS20_whoever_takes_part_is_found_without_a_slot_with_a_phone_and_the_package() {
        Page page = signedIn();
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Je déclare sur l'honneur mettre en visibilité").check();
        page.getByLabel("Je participe au forfait de réorientation des urgences").check();
        page.getByText("ENREGISTRER").click();

        await().untilAsserted(() -> assertThat(HubClient.at(port)
                        .get("/fhir/PractitionerRole?emergency-reorientation=true&practitioner.identifier="
                                + "urn:oid:1.2.250.1.71.4.2.1%7C" + doctor)
                        .body())
                .contains("+33102030405", "\"total\":1"));
    }

    @Test
    void PS14_SOS_the_association_is_all_that_is_asked() {
        platform.put("/api/v1/facilities/1350000779", """
                {"name": "SOS MÉDECINS RENNES", "kind": "sos", "city": "RENNES"}""");
        Page page = signedIn();
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("sos");
        PlaywrightAssertions.assertThat(page.getByText("Utilisez-vous une solution"))
                .isHidden();

        page.getByLabel("SOS MÉDECINS RENNES").check();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main")).contains("Je participe au SAS");
    }

    @Test
    void PS10_PS17_refusal_and_reorientation_stand_for_themselves() {
        String vendor = "agenda-des-quais";
        Descriptor.of(vendor).dropInto(connectors);
        try {
            await().until(() -> vendors.find(new Source(vendor)).isPresent());
            Page page = signedIn();
            page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
            page.getByLabel("Je refuse d'afficher mes créneaux").check();
            page.getByText("ENREGISTRER").click();
            assertThat(page.textContent("main")).contains("Créneaux éditeurs non affichés");

            page.getByText("ÉDITER : Paramètres de participation").click();
            page.getByLabel("Oui, je déclare sur l'honneur utiliser").check();
            page.getByLabel(vendor).check();
            PlaywrightAssertions.assertThat(page.getByLabel("Je refuse d'afficher mes créneaux"))
                    .isChecked();
            page.getByLabel("Je participe au forfait de réorientation des urgences")
                    .check();
            page.getByText("ENREGISTRER").click();

            assertThat(page.textContent("main"))
                    .contains(
                            "Je ne participe pas au SAS", "Créneaux éditeurs non affichés", "Forfait de réorientation");
        } finally {
            Descriptor.of(vendor).leaves(connectors, port);
        }
    }

    @Test
    void PS16_whoever_saves_over_another_change_is_told_what_changed_and_keeps_what_was_typed() {
        Page page = signedIn();
        page.getByLabel("Je participe au forfait de réorientation des urgences").check();
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");

        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main"))
                .contains("Quelqu'un a modifié ces paramètres entre-temps")
                .containsPattern("Dernière modification le .* à .*, par la plateforme\\.")
                .contains("Refus d'afficher mes créneaux\u00a0: Oui (vous avez saisi\u00a0: Non)");
        assertThat(page.getByLabel("Je participe au forfait").isChecked()).isTrue();
        assertThat(settings().path("vendorSlotsHidden").asBoolean())
                .as("nothing was overwritten")
                .isTrue();
        page.getByText("ENREGISTRER").click();
        assertThat(page.textContent("main")).contains("Forfait de réorientation");
    }

    private static Locator.WaitForOptions detached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }
}
