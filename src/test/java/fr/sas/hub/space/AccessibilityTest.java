package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * No page for people breaks WCAG 2.1, levels A and AA, in light or dark, wide or narrow, and none is wider than a narrow phone.
 * Each person's pages stand in their list; pictures are left under {@code target/screenshots}.
 */
@PeopleHubTest
class AccessibilityTest {

    private static final String DOCTOR = "810000066601";
    private static final String CENTRE = "1750000667";
    private static final String MANAGER = "axe.gestion@exemple.fr";
    private static final String DELEGATE = "axe.delegataire@exemple.fr";
    private static final String ACCOUNT_MANAGER = "axe.comptes@exemple.fr";

    /** Without anybody signed in. */
    private static final List<String> OPEN = List.of(
            "/",
            "/developpeurs",
            "/connexion",
            "/connexion/refus?motif=sans-lieu",
            "/conditions",
            "/credits",
            "/cookies",
            "/mentions-legales",
            "/accessibilite",
            "/connexion/nulle-part",
            "/aide",
            "/aide/avenant-9",
            "/aide/contact?sujet=incident",
            "/aide/contact/envoyee?numero=SAS-000001",
            "/formation",
            "/formation/guide-gestionnaire-de-structure");

    private static final List<String> OF_A_PRACTITIONER = List.of(
            "/espace",
            "/espace/compte",
            "/espace/effecteurs/" + DOCTOR,
            "/espace/effecteurs/" + DOCTOR + "/parametres",
            "/espace/effecteurs/" + DOCTOR + "/regulation",
            "/espace/effecteurs/" + DOCTOR + "/historique",
            "/espace/effecteurs/" + DOCTOR + "/agenda",
            "/espace/effecteurs/" + DOCTOR + "/agenda/adresse",
            "/espace/effecteurs/" + DOCTOR + "/agenda/disponibilites/nouvelle",
            "/espace/effecteurs/" + DOCTOR + "/delegataires",
            "/espace/effecteurs/" + DOCTOR + "/delegataires/demande",
            "/espace/effecteurs/" + DOCTOR + "/delegataires/demande-envoyee");

    private static final List<String> OF_A_MANAGER = List.of(
            "/espace",
            "/espace/delegataires",
            "/espace/structures/" + CENTRE,
            "/espace/structures/" + CENTRE + "/parametres",
            "/espace/structures/" + CENTRE + "/agenda",
            "/espace/structures/" + CENTRE + "/delegataires",
            "/espace/structures/" + CENTRE + "/historique",
            "/espace/structures/" + CENTRE + "/regulation");

    private static final List<String> OF_A_DELEGATE =
            List.of("/espace", "/espace/delegations", "/espace/effecteurs/" + DOCTOR + "/parametres");

    private static final List<String> OF_AN_ACCOUNT_MANAGER = List.of(
            "/espace",
            "/espace/demandes",
            "/espace/comptes?recherche=axe",
            "/espace/comptes/nouveau",
            "/espace/structures?nom=centre",
            "/espace/structures/" + CENTRE + "/gestionnaires");

    private static final LocalDate TOMORROW =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(1);

    private static Browser browser;

    @LocalServerPort
    int port;

    @BeforeAll
    static void a_browser_opens() {
        browser = Browser.open();
    }

    @AfterAll
    static void it_closes() {
        browser.close();
    }

    @BeforeEach
    void somebody_is_known() {
        HubClient platform = HubClient.at(port).as("test-portal");
        platform.put("/api/v1/practitioners/" + DOCTOR, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000666"],
                 "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS", "phone": "0102030405"}]}""");
        platform.put("/api/v1/practitioners/" + DOCTOR + "/settings", """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false, "declaresTwoHours": true}""");
        String place = platform.json("/api/v1/practitioners/" + DOCTOR)
                .at("/places/0/id")
                .asText();
        if (!platform.json("/api/v1/practitioners/" + DOCTOR + "/agenda/entries")
                .path("entries")
                .isEmpty()) {
            return;
        }
        platform.post("/api/v1/practitioners/" + DOCTOR + "/agenda/entries", """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "10:30", "patients": 4, "modes": ["AMB"]}""".formatted(place, TOMORROW));
        platform.put(
                "/api/v1/practitioners/" + DOCTOR + "/agenda/places/" + place + "/information",
                "{\"text\": \"Merci de me contacter sur le 06.00.00.00.00 pour prendre RDV.\"}");
        others(platform);
    }

    private void others(HubClient platform) {
        platform.put("/api/v1/facilities/" + CENTRE, """
                {"name": "Centre de santé des Lilas", "kind": "cds", "line": "9 rue des Lilas", "postalCode": "75011",
                 "city": "PARIS", "phone": "0102030406"}""");
        platform.post("/api/v1/account-managers", """
                {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": ["75"]}""".formatted(ACCOUNT_MANAGER));
        platform.post("/api/v1/facilities/" + CENTRE + "/managers", """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(MANAGER));
        String delegations = "/api/v1/practitioners/" + DOCTOR + "/delegations";
        HttpResponse<String> asked = platform.post(delegations, """
                {"email": "%s", "family": "MARTIN", "given": "Camille", "town": "Paris"}""".formatted(DELEGATE));
        asked.headers()
                .firstValue("Location")
                .ifPresent(made -> platform.put(made + "/decision", "{\"accepted\": true}"));
        platform.post(delegations, """
                {"email": "axe.attend@exemple.fr", "family": "ROY", "given": "Lou", "town": "Paris"}""");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pages_open_to_everybody(ColorScheme scheme) {
        check(browser.page("fr-FR", scheme), scheme, OPEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pages_of_a_practitioner(ColorScheme scheme) {
        Page page = browser.page("fr-FR", scheme);
        SignInProvider.signIn(page, hub(), "axe-doctor", SignInProvider.practitioner(DOCTOR, "Alice", "DURAND"));
        page.locator("details.account summary").click();
        assertThat(Axe.breaches(page)).as("the account menu, open").isEmpty();
        check(page, scheme, OF_A_PRACTITIONER);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pages_of_a_regulator_who_runs_the_hub_too(ColorScheme scheme) {
        HubClient.at(port).as("test-ops").post("/api/v1/accounts", """
                {"email": "axe.ola@exemple.fr", "family": "ROUSSEL", "given": "Ola", "roles": ["ops", "regulator"]}""");
        Page page = browser.page("fr-FR", scheme);
        SignInProvider.signIn(page, hub(), "axe-ola", SignInProvider.address("axe.ola@exemple.fr", "Ola", "ROUSSEL"));
        page.locator("details.account summary").click();
        assertThat(Axe.breaches(page)).as("the account menu, open").isEmpty();
        check(page, scheme, List.of("/espace?de=ola"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pages_of_managers_of_delegates_and_of_account_managers(ColorScheme scheme) {
        check(signedIn(scheme, MANAGER, "Noa", "PETIT"), scheme, OF_A_MANAGER);
        check(signedIn(scheme, DELEGATE, "Camille", "MARTIN"), scheme, OF_A_DELEGATE);
        check(signedIn(scheme, ACCOUNT_MANAGER, "Sacha", "BLANC"), scheme, OF_AN_ACCOUNT_MANAGER);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void forms_with_faults(ColorScheme scheme) {
        Page page = browser.page("fr-FR", scheme);
        SignInProvider.signIn(page, hub(), "axe-doctor", SignInProvider.practitioner(DOCTOR, "Alice", "DURAND"));
        String ofDoctor = "/espace/effecteurs/" + DOCTOR;
        List<String> breaches = new ArrayList<>();
        for (int width : List.of(1_400, 390)) {
            page.setViewportSize(width, 900);
            refused(page, ofDoctor + "/agenda/disponibilites/nouvelle", breaches, scheme);
            refused(page, ofDoctor + "/delegataires/demande", breaches, scheme);
            refused(page, ofDoctor + "/lieux/" + place() + "/indisponibilites", breaches, scheme);
        }
        Page manager = signedIn(scheme, ACCOUNT_MANAGER, "Sacha", "BLANC");
        for (int width : List.of(1_400, 390)) {
            manager.setViewportSize(width, 900);
            refused(manager, "/espace/comptes/nouveau", breaches, scheme);
            refused(manager, "/espace/structures/" + CENTRE + "/gestionnaires", breaches, scheme);
        }
        assertThat(breaches).isEmpty();
    }

    /** As it is sent empty. */
    private void refused(Page page, String address, List<String> breaches, ColorScheme scheme) {
        page.navigate(hub() + address);
        if (address.endsWith("/indisponibilites")) {
            page.locator("#du0").fill("2036-01-01");
        }
        page.locator("main form:not([method=get]) button[type=submit]:visible")
                .last()
                .click();
        page.locator(".fault").first().waitFor();
        Axe.breaches(page).forEach(breach -> breaches.add(address + " with faults " + breach));
        Browser.picture(
                page,
                name(address) + "-faults-" + page.viewportSize().width + "-"
                        + scheme.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void a_form_that_was_open_overnight(ColorScheme scheme) {
        Page page = browser.page("fr-FR", scheme);
        page.navigate(hub() + "/aide/contact?sujet=incident");
        page.locator("#role").selectOption(new SelectOption().setIndex(1));
        page.locator("#family").fill("DURAND");
        page.locator("#given").fill("Alice");
        page.locator("#phone").fill("01 23 45 67 89");
        page.locator("#email").fill("alice.durand@exemple.fr");
        page.locator("#territory").selectOption("75");
        page.locator("#message").fill("La semaine ne s'affiche plus.\nDepuis ce matin.");
        page.context().clearCookies();
        page.locator("main form button[type=submit]").click();

        assertThat(page.textContent("main"))
                .contains("Cette page est restée ouverte trop longtemps", "La semaine ne s'affiche plus.");
        List<String> breaches = new ArrayList<>();
        for (int width : List.of(1_400, 390)) {
            page.setViewportSize(width, 900);
            Axe.breaches(page).forEach(breach -> breaches.add(width + " " + breach));
            Browser.picture(page, "people-late-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        }
        assertThat(breaches).isEmpty();
        page.getByText("Rouvrir le formulaire").click();
        assertThat(page.url()).endsWith("/aide/contact?sujet=incident");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pop_ins_of_the_agenda(ColorScheme scheme) {
        Page page = browser.page("fr-FR", scheme);
        SignInProvider.signIn(page, hub(), "axe-doctor", SignInProvider.practitioner(DOCTOR, "Alice", "DURAND"));
        List<String> breaches = new ArrayList<>();
        for (int width : List.of(1_400, 390)) {
            page.setViewportSize(width, 900);
            for (String opens : List.of(
                    ".actions-of-week a[href*=nouvelle]",
                    ".actions-of-week a[href*=indisponibilites]",
                    ".actions-of-week a[href*=informations]",
                    ".block a.open",
                    ".block a.bin")) {
                page.navigate(hub() + "/espace/effecteurs/" + DOCTOR + "/agenda?semaine=" + IsoWeek.of(TOMORROW));
                page.locator(opens).first().click();
                page.locator("dialog#pop-in[open] #form-title").waitFor();
                Axe.breaches(page).forEach(breach -> breaches.add(opens + " " + breach));
                Browser.picture(
                        page,
                        name("/pop-in/" + opens) + "-" + width + "-"
                                + scheme.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(breaches).isEmpty();
    }

    private Page signedIn(ColorScheme scheme, String email, String given, String family) {
        Page page = browser.page("fr-FR", scheme);
        SignInProvider.signIn(page, hub(), email, SignInProvider.address(email, given, family));
        return page;
    }

    private String place() {
        return HubClient.at(port)
                .as("test-portal")
                .json("/api/v1/practitioners/" + DOCTOR)
                .at("/places/0/id")
                .asText();
    }

    private void check(Page page, ColorScheme scheme, List<String> addresses) {
        List<String> breaches = new ArrayList<>();
        for (String address : addresses) {
            for (int width : List.of(1_400, 390)) {
                page.setViewportSize(width, 900);
                page.navigate(hub() + address);
                Axe.breaches(page).forEach(breach -> breaches.add(address + " " + width + " " + breach));
                Browser.picture(
                        page, name(address) + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
            page.setViewportSize(320, 700);
            if ((int) page.evaluate("document.documentElement.scrollWidth") > 320) {
                breaches.add(address + " is wider than 320 px");
            }
        }
        assertThat(breaches).isEmpty();
    }

    private static String name(String address) {
        return "people" + address.replaceAll("[^a-z]+", "-");
    }

    private String hub() {
        return "http://localhost:" + port;
    }
}
