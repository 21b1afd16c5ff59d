package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import fr.sas.hub.testing.VendorPractitioner;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What guides 001 and 003 describe of a practitioner's first page and of what it leads to, walked in a browser. */
class DashboardWalksTest extends PractitionerWalks {

    @Test
    void PS22_the_first_visit_leads_to_the_settings_and_the_next_to_the_dashboard() {
        Page page = signedIn();

        assertThat(page.url()).endsWith("/espace/effecteurs/" + doctor + "/parametres");
        assertThat(page.textContent("main")).contains("Bonjour Alice DURAND. Pour commencer");
        page.navigate(hub() + "/espace");
        assertThat(page.textContent("h1")).isEqualTo("Bonjour Alice DURAND");
    }

    @Test
    void PS2_PS3_PM2_the_dashboard_shows_places_three_days_absences_information_and_the_two_hours() {
        LocalDate today = LocalDate.now(PARIS);
        platform.put("/api/v1/practitioners/" + doctor, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [
                 {"structures": ["1750000555"], "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS", "phone": "0102030405"},
                 {"structures": ["1750000556"], "line": "2 rue du Port", "postalCode": "35000", "city": "RENNES"}]}""");
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
        boolean isSunday = today.getDayOfWeek() == DayOfWeek.SUNDAY;

        assertThat(seen)
                .contains(
                        "Vos lieux d'exercice",
                        "Adresse 1\u00a0: 1 rue des Lilas 75011 PARIS",
                        "Adresse 2\u00a0: 2 rue du Port 35000 RENNES")
                .contains("Téléphone\u00a0: 01\u00a002\u00a003\u00a004\u00a005")
                .contains("Disponibilités", "Éditer pour déclarer des périodes d'indisponibilité")
                .contains("09h00 - 10h30", "Pas de créneau disponible")
                .contains("Merci de me contacter sur le portable")
                .containsPattern("Du \\d{2}/\\d{2}/\\d{4} au \\d{2}/\\d{2}/\\d{4}")
                .containsPattern("Cette semaine\\h: " + (isSunday ? "0 h" : "1 h 30") + " sur 2 h")
                .containsPattern("Semaine prochaine\\h: " + (isSunday ? "1 h 30" : "0 h") + " sur 2 h");
        assertThat(page.locator("article.place").first().locator(".days strong").allTextContents())
                .as("three days, such as « Mar. 16 »")
                .hasSize(3)
                .allMatch(shown -> shown.matches("\\p{Lu}\\p{L}{2}\\.? \\d{1,2}"));
        assertThat(page.locator("a[href='/espace/effecteurs/" + doctor + "/agenda?lieu=" + place + "']")
                        .isVisible())
                .isTrue();
        await().untilAsserted(() -> assertThat(HubClient.at(port)
                        .get(HubClient.slotsOf(Instant.now(), doctor))
                        .body())
                .contains("Merci de me contacter sur le portable"));
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
            await().untilAsserted(() -> assertThat(found()).contains("T09:00:00"));

            page.navigate(hub() + "/espace/effecteurs/" + doctor + "/regulation");

            assertThat(page.textContent("article.place")).contains("09h00 - 09h15", "agenda-des-rives");
            assertThat(found()).doesNotContain("T10:00:00");
            assertThat(page.textContent(".hidden-slots")).contains("10h00 - 10h15");
            page.navigate(hub() + "/espace");
            assertThat(page.textContent(".vendors"))
                    .containsPattern("agenda-des-rives\\h:\\s+1 créneau, confirmé il y a");
            assertThat(page.textContent("main")).contains("Ce que votre logiciel apporte");
            platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"usesBookingSoftware\": false}");
            page.reload();
            assertThat(page.textContent("main"))
                    .contains("Ce qu'un logiciel apporte, alors que vous avez répondu n'en utiliser aucun");
        } finally {
            Descriptor.of("agenda-des-rives").leaves(connectors, port);
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
            await().untilAsserted(() -> assertThat(found()).contains("T09:00:00"));
            platform.put("/api/v1/practitioners/" + doctor + "/settings", "{}");
            Page page = signedIn();
            assertThat(page.textContent("article.place").replaceAll("[\\s\\h]+", " "))
                    .contains("Aucun créneau saisi + 12 de votre logiciel")
                    .containsPattern("Pas de créneau disponible \\S+ \\d+ \\+ 12 de votre logiciel");

            platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");
            page.navigate(hub() + "/espace/effecteurs/" + doctor + "/regulation");

            PlaywrightAssertions.assertThat(page.locator(".hidden-slots")).hasCount(1);
            PlaywrightAssertions.assertThat(page.locator(".hidden-slots"))
                    .containsText("12 créneaux, chacun pour cette raison :");
            PlaywrightAssertions.assertThat(page.getByText("L'affichage des créneaux des logiciels est refusé"))
                    .hasCount(1);
            PlaywrightAssertions.assertThat(page.getByText("11h45 - 12h00")).isHidden();
            page.getByText("Voir leurs jours et heures").click();
            PlaywrightAssertions.assertThat(page.getByText("11h45 - 12h00")).isVisible();
        } finally {
            Descriptor.of("agenda-des-quais").leaves(connectors, port);
        }
    }

    @Test
    void what_the_regulation_sees_is_shown_and_what_is_hidden_says_why() {
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
                .contains(
                        "09h00 - 10h30",
                        "Consultation en cabinet",
                        "01\u00a002\u00a003\u00a004\u00a005",
                        "Votre agenda SAS")
                .contains("N&#39;est pas appelé en sus de ses disponibilités");

        platform.put(
                agenda + "/places/" + place + "/unavailability",
                "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(tomorrow, tomorrow));

        assertThat(reader.open(address).body())
                .contains("Pas de créneau disponible", "tombe pendant une indisponibilité programmée à cette adresse");
    }

    @Test
    void the_history_says_who_changed_what_from_what_to_what() {
        PageReader reader = reader();
        String form = "/espace/effecteurs/" + doctor + "/parametres";
        reader.open(form);
        reader.submit(form, "version", "0", "software", "non", "reorientation", "true");
        platform.put("/api/v1/practitioners/" + doctor + "/settings", "{\"vendorSlotsHidden\": true}");

        assertThat(reader.open("/espace/effecteurs/" + doctor + "/historique")
                        .body()
                        .replaceAll("<[^>]+>", " ")
                        .replaceAll("[\\s\\h]+", " "))
                .containsPattern("Paramètres modification à \\d\\dh\\d\\d par la plateforme")
                .contains("Refus d&#39;afficher les créneaux : Avant : Non → Après : Oui")
                .contains("Forfait de réorientation : Avant : Oui → Après : Non")
                .containsPattern("Paramètres ajout à \\d\\dh\\d\\d par vous");
    }

    @Test
    void S20_the_account_page_shows_name_and_terms_and_offers_no_change_where_none_is_possible() {
        PageReader alice = reader();
        assertThat(alice.open("/espace/compte").body())
                .contains("Alice DURAND", "Vos identifiants de connexion", "/conditions", "Se déconnecter")
                .contains("Vous pouvez consulter ici les identifiants de connexion")
                .doesNotContain("Vous pouvez modifier ici", "Modifier votre adresse");
        assertThat(alice.open("/espace/compte?langue=en").body())
                .contains("These are the sign-in details you gave when you registered.")
                .doesNotContain("Here you can change");
    }

    @Test
    void S27_the_menu_says_as_whom_one_acts_and_leads_to_account_space_delegates_and_out() {
        Page page = signedIn();
        page.locator("details.account summary").click();

        assertThat(page.textContent("details.account"))
                .contains("Vous êtes connecté en tant que", "SAS - Effecteur", "Vos identifiants de connexion")
                .contains("Mon espace personnel", "Vos délégataires", "Vous déconnecter");
        page.getByText("Vous déconnecter").click();
        page.waitForURL("**/connexion");
        page.navigate(hub() + "/espace");
        assertThat(page.url()).endsWith("/connexion");
    }
}
