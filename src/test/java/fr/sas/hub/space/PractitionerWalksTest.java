package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import fr.sas.hub.testing.VendorPractitioner;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What guides 001 and 003 describe of a practitioner's pages, walked in a browser. */
@PeopleHubTest
class PractitionerWalksTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static Browser browser;
    private static int lastDoctor = 810_055;

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    private HubClient platform;
    private String doctor;

    @BeforeAll
    static void a_browser_opens() {
        browser = Browser.open();
    }

    @AfterAll
    static void it_closes() {
        browser.close();
    }

    @BeforeEach
    void a_doctor_with_a_place_whom_no_other_walk_knows() {
        platform = HubClient.at(port).as("test-portal");
        doctor = (++lastDoctor) + "055501";
        assertThat(platform.put("/api/v1/practitioners/" + doctor, """
                        {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000555"],
                         "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS", "phone": "0102030405"}]}""").statusCode())
                .isIn(200, 201);
    }

    @Test
    void PS22_the_first_visit_leads_to_the_settings_and_the_next_to_the_dashboard() {
        Page page = signedIn();

        assertThat(page.url()).endsWith("/espace/effecteurs/" + doctor + "/parametres");
        assertThat(page.textContent("main")).contains("Bonjour Alice DURAND. Pour commencer");
        page.navigate(hub() + "/espace");
        assertThat(page.textContent("h1")).isEqualTo("Bonjour Alice DURAND");
    }

    @Test
    void PS1_PS4_PS5_PS8_PM1_who_takes_part_alone_without_software_declares_two_hours() {
        Page page = signedIn();
        String twoHours = "Je déclare sur l'honneur mettre en visibilité";
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isHidden();

        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
        PlaywrightAssertions.assertThat(page.getByLabel(twoHours)).isVisible();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("#two-hours-fault")).contains("deux heures de disponibilité par semaine");
        assertThat(page.getByLabel("J'accepte d'être directement contacté").isChecked())
                .as("typed values are kept")
                .isTrue();
        page.getByLabel(twoHours).check();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main"))
                .contains("Vos paramètres sont enregistrés")
                .contains("Je participe au SAS", "Créneaux éditeurs affichés", "✗ Forfait de réorientation : Non")
                .containsPattern("Dernière mise à jour le \\d{2}/\\d{2}/\\d{4}");
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(HubClient.at(port)
                                .json("/fhir/PractitionerRole?practitioner.identifier="
                                        + "urn:oid:1.2.250.1.71.4.2.1%7C" + doctor)
                                .at("/total")
                                .asInt())
                        .isEqualTo(1));
    }

    @Test
    void PS6_PS7_who_takes_part_through_a_community_finds_it_by_a_part_of_its_name() {
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
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> vendors.find(new Source(vendor)).isPresent());
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
            Descriptor.of(vendor).removeFrom(connectors);
        }
    }

    @Test
    void PS11_who_refuses_and_takes_part_declares_two_hours_but_not_through_SOS() {
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
    void PS12_PS13_the_softwares_slots_come_up_by_default_and_those_of_ones_own_patients_never_do() {
        Instant tomorrow =
                LocalDate.now(PARIS).plusDays(1).atTime(9, 0).atZone(PARIS).toInstant();
        try (StubbedVendor vendor = new StubbedVendor("agenda-des-rives", doctor)) {
            vendor.offers(
                    VendorBundle.aVendorSlot().from(tomorrow),
                    VendorBundle.aVendorSlot()
                            .from(tomorrow.plus(Duration.ofHours(1)))
                            .audience());
            vendor.joins(connectors);
            Page page = signedIn();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(found()).contains("T09:00:00"));

            page.navigate(hub() + "/espace/effecteurs/" + doctor + "/regulation");

            assertThat(page.textContent("article.place")).contains("09h00 - 09h15", "agenda-des-rives");
            assertThat(found()).doesNotContain("T10:00:00");
            assertThat(page.textContent(".hidden-slots")).contains("10h00 - 10h15");
            page.navigate(hub() + "/espace");
            assertThat(page.textContent(".vendors"))
                    .containsPattern("agenda-des-rives :\\s+1 créneau, confirmé il y a");
        } finally {
            Descriptor.of("agenda-des-rives").removeFrom(connectors);
        }
    }

    @Test
    void many_slots_that_are_hidden_for_one_reason_are_told_in_one_sentence() {
        Instant tomorrow =
                LocalDate.now(PARIS).plusDays(1).atTime(9, 0).atZone(PARIS).toInstant();
        VendorPlace rooms = VendorBundle.aPlace("1750000555").address("1 rue des Lilas", "75011", "PARIS");
        VendorPractitioner alice =
                VendorBundle.aPractitioner(doctor, "DURAND", "Alice").at(rooms);
        for (int i = 0; i < 12; i++) {
            alice.slot(VendorBundle.aVendorSlot().from(tomorrow.plus(Duration.ofMinutes(15L * i))));
        }
        try (StubbedVendor vendor = new StubbedVendor("agenda-des-quais", doctor)) {
            vendor.answers(VendorBundle.aBundle().with(alice));
            vendor.joins(connectors);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(found()).contains("T09:00:00"));
            platform.put("/api/v1/practitioners/" + doctor + "/settings", "{}");
            Page page = signedIn();
            assertThat(page.textContent("article.place").replaceAll("\\s+", " "))
                    .contains("Aucun créneau saisi + 12 de votre logiciel")
                    .containsPattern("Pas de créneau disponible \\S+ \\d+ \\+ 12 de votre logiciel");

            platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");
            page.navigate(hub() + "/espace/effecteurs/" + doctor + "/regulation");

            PlaywrightAssertions.assertThat(page.locator(".hidden-slots > li")).hasCount(1);
            PlaywrightAssertions.assertThat(page.locator(".hidden-slots > li"))
                    .containsText("12 créneaux, chacun pour cette raison :");
            PlaywrightAssertions.assertThat(page.getByText("Vous avez refusé l'affichage de vos créneaux"))
                    .hasCount(1);
            PlaywrightAssertions.assertThat(page.getByText("11h45 - 12h00")).isHidden();
            page.getByText("Voir leurs jours et heures").click();
            PlaywrightAssertions.assertThat(page.getByText("11h45 - 12h00")).isVisible();
        } finally {
            Descriptor.of("agenda-des-quais").removeFrom(connectors);
        }
    }

    @Test
    void PS18_PS19_PS20_who_takes_part_is_found_without_a_slot_with_a_phone_and_the_package() {
        Page page = signedIn();
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByLabel("Non", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Je déclare sur l'honneur mettre en visibilité").check();
        page.getByLabel("Je participe au forfait de réorientation des urgences").check();
        page.getByText("ENREGISTRER").click();

        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(HubClient.at(port)
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
        Page page = signedIn();
        page.getByLabel("Je refuse d'afficher mes créneaux").check();
        page.getByLabel("Je participe au forfait de réorientation des urgences").check();
        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main"))
                .contains("Je ne participe pas au SAS", "Créneaux éditeurs non affichés", "Forfait de réorientation");
    }

    @Test
    void PS16_who_saves_over_another_change_is_told_what_changed_and_keeps_what_was_typed() {
        Page page = signedIn();
        page.getByLabel("Je participe au forfait de réorientation des urgences").check();
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");

        page.getByText("ENREGISTRER").click();

        assertThat(page.textContent("main"))
                .contains("Quelqu'un a modifié ces paramètres entre-temps")
                .contains("Refus d'afficher mes créneaux : Oui (vous avez saisi : Non)");
        assertThat(page.getByLabel("Je participe au forfait").isChecked()).isTrue();
        assertThat(settings().path("vendorSlotsHidden").asBoolean())
                .as("nothing was overwritten")
                .isTrue();
        page.getByText("ENREGISTRER").click();
        assertThat(page.textContent("main")).contains("Forfait de réorientation");
    }

    @Test
    void PS2_PS3_PM2_the_dashboard_shows_places_three_days_absences_information_and_the_two_hours() {
        LocalDate today = LocalDate.now(PARIS);
        String place = platform.json("/api/v1/practitioners/" + doctor)
                .at("/places/0/id")
                .asText();
        String agenda = "/api/v1/practitioners/" + doctor + "/agenda";
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{}");
        assertThat(platform.post(agenda + "/entries", """
                        {"place": "%s", "date": "%s", "start": "09:00", "end": "10:30", "kind": "range", "patients": 4, "modes": ["AMB"]}""".formatted(place, today.plusDays(1)))
                        .statusCode())
                .isEqualTo(201);
        platform.put(
                agenda + "/places/" + place + "/information", "{\"text\": \"Merci de me contacter sur le portable\"}");
        platform.put(
                agenda + "/places/" + place + "/unavailability",
                "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(today.plusDays(9), today.plusDays(12)));
        Page page = signedIn();

        String seen = page.textContent("main");

        assertThat(seen)
                .contains("1 rue des Lilas 75011 PARIS", "Téléphone : 01 02 03 04 05")
                .contains("09h00 - 10h30", "Pas de créneau disponible")
                .contains("Merci de me contacter sur le portable")
                .containsPattern("Du \\d{2}/\\d{2}/\\d{4} au \\d{2}/\\d{2}/\\d{4}")
                .containsPattern("Cette semaine : (1 h 30|0 h) sur 2 h");
        assertThat(page.locator("a[href='/espace/effecteurs/" + doctor + "/agenda?lieu=" + place + "']")
                        .isVisible())
                .isTrue();
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(HubClient.at(port)
                                .get(HubClient.slotsOf(Instant.now(), doctor))
                                .body())
                        .contains("Merci de me contacter sur le portable"));
    }

    @Test
    void what_the_regulation_sees_is_what_a_search_answers_and_what_is_hidden_says_why() {
        LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);
        String place = platform.json("/api/v1/practitioners/" + doctor)
                .at("/places/0/id")
                .asText();
        String agenda = "/api/v1/practitioners/" + doctor + "/agenda";
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{}");
        platform.post(agenda + "/entries", """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "10:30", "patients": 4, "modes": ["AMB"]}""".formatted(place, tomorrow));
        PageReader reader = reader();
        String address = "/espace/effecteurs/" + doctor + "/regulation";
        assertThat(reader.open(address).body())
                .contains("09h00 - 10h30", "Consultation en cabinet", "01 02 03 04 05", "Votre agenda SAS")
                .contains("N&#39;est pas appelé en sus de ses disponibilités");

        platform.put(
                agenda + "/places/" + place + "/unavailability",
                "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(tomorrow, tomorrow));

        assertThat(reader.open(address).body())
                .contains(
                        "Pas de créneau disponible",
                        "tombe pendant une indisponibilité que vous avez programmée à cette adresse");
    }

    @Test
    void the_history_says_who_changed_what_from_what_to_what() {
        PageReader reader = reader();
        String form = "/espace/effecteurs/" + doctor + "/parametres";
        reader.open(form);
        reader.submit(form, "version", "0", "reorientation", "true");
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");

        assertThat(reader.open("/espace/effecteurs/" + doctor + "/historique")
                        .body()
                        .replaceAll("<[^>]+>", " ")
                        .replaceAll("\\s+", " "))
                .containsPattern("Paramètres modification à \\d\\dh\\d\\d par la plateforme")
                .contains("Refus d&#39;afficher les créneaux Non Oui", "Forfait de réorientation Oui Non")
                .containsPattern("Paramètres ajout à \\d\\dh\\d\\d par vous");
    }

    @Test
    void S20_the_account_page_shows_name_and_terms_and_lets_one_leave() {
        assertThat(reader().open("/espace/compte").body())
                .contains("Alice DURAND", "Vos identifiants de connexion", "/conditions", "Se déconnecter");
    }

    @Test
    void S27_the_menu_says_as_whom_one_acts_and_leads_to_account_space_delegates_and_out() {
        Page page = signedIn();
        page.locator("details.account summary").click();

        assertThat(page.textContent("details.account"))
                .contains("Vous êtes connecté en tant que", "SAS - Effecteur", "Vos identifiants de connexion")
                .contains("Mon espace personnel", "Vos délégataires", "Vous déconnecter");
        page.getByText("Vous déconnecter").click();
        page.navigate(hub() + "/espace");
        assertThat(page.url()).endsWith("/connexion");
    }

    private static com.microsoft.playwright.Locator.WaitForOptions detached() {
        return new com.microsoft.playwright.Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED);
    }

    /** What a search answers of the next three days. */
    private String found() {
        return HubClient.at(port).get(HubClient.slotsOf(Instant.now(), doctor)).body();
    }

    private JsonNode settings() {
        return platform.json("/api/v1/practitioners/" + doctor + "/settings");
    }

    private Page signedIn() {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub(), "walks-" + doctor, SignInProvider.practitioner(doctor, "Alice", "DURAND"));
        return page;
    }

    private PageReader reader() {
        return SignInProvider.signIn(port, "walks-" + doctor, SignInProvider.practitioner(doctor, "Alice", "DURAND"));
    }

    private String hub() {
        return "http://localhost:" + port;
    }
}
