package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The people whose pages are looked at for barriers, and what they have typed. */
final class CheckedPeople {

    static final String DOCTOR = "810000066601";
    static final String CENTRE = "1750000667";
    static final LocalDate TOMORROW = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(1);

    private static final String OF_TWO_PLACES = "810000066602";
    private static final String MANAGER = "axe.gestion@exemple.fr";
    private static final String DELEGATE = "axe.delegataire@exemple.fr";
    private static final String ACCOUNT_MANAGER = "axe.comptes@exemple.fr";
    private static final String REGULATOR = "axe.regulation@exemple.fr";
    private static final String OPERATOR = "axe.ola@exemple.fr";

    private final String hub;
    private final HubClient platform;

    private CheckedPeople(int port) {
        hub = "http://localhost:" + port;
        platform = HubClient.at(port).as("test-portal");
    }

    /** Known to the hub from now on; called again, nothing changes. */
    static CheckedPeople at(int port) {
        CheckedPeople people = new CheckedPeople(port);
        people.practitioners();
        if (people.entries("/api/v1/practitioners/" + DOCTOR).isEmpty()) {
            people.theirAgenda();
            people.others();
        }
        return people;
    }

    private void practitioners() {
        platform.put("/api/v1/practitioners/" + DOCTOR, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000666"],
                 "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS", "phone": "0102030405"}]}""");
        platform.put("/api/v1/practitioners/" + DOCTOR + "/settings", """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false, "declaresTwoHours": true}""");
        platform.put("/api/v1/practitioners/" + OF_TWO_PLACES, """
                {"family": "LEROY", "given": ["Paul"], "profession": "10", "places": [
                 {"structures": ["1750000668"], "line": "3 rue des Lilas", "postalCode": "75011", "city": "PARIS"},
                 {"structures": ["1750000669"], "line": "5 rue des Lilas", "postalCode": "75011", "city": "PARIS"}]}""");
    }

    private void theirAgenda() {
        platform.post("/api/v1/practitioners/" + DOCTOR + "/agenda/entries", """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "10:30", "patients": 4, "modes": ["AMB"]}""".formatted(place(), TOMORROW));
        platform.put(
                "/api/v1/practitioners/" + DOCTOR + "/agenda/places/" + place() + "/information",
                "{\"text\": \"Merci de me contacter sur le 06.00.00.00.00 pour prendre RDV.\"}");
    }

    private void others() {
        platform.put("/api/v1/facilities/" + CENTRE, """
                {"name": "Centre de santé des Lilas", "kind": "cds", "line": "9 rue des Lilas", "postalCode": "75011",
                 "city": "PARIS", "phone": "0102030406"}""");
        platform.put("/api/v1/facilities/" + CENTRE + "/settings", """
                {"participatingProfessionals": 2, "acceptsOverbooking": true, "declaresTwoHours": true}""");
        platform.post("/api/v1/facilities/" + CENTRE + "/agenda/entries", """
                {"date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(TOMORROW));
        platform.post("/api/v1/account-managers", """
                {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": ["75"]}""".formatted(ACCOUNT_MANAGER));
        platform.post("/api/v1/facilities/" + CENTRE + "/managers", """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(MANAGER));
        account(REGULATOR, "\"regulator\"");
        account(OPERATOR, "\"ops\", \"regulator\"");
        String delegations = "/api/v1/practitioners/" + DOCTOR + "/delegations";
        HttpResponse<String> asked = platform.post(delegations, """
                {"email": "%s", "family": "MARTIN", "given": "Camille", "town": "Paris"}""".formatted(DELEGATE));
        asked.headers()
                .firstValue("Location")
                .ifPresent(made -> platform.put(made + "/decision", "{\"accepted\": true}"));
        platform.post(delegations, """
                {"email": "axe.attend@exemple.fr", "family": "ROY", "given": "Lou", "town": "Paris"}""");
    }

    private void account(String email, String roles) {
        platform.as("test-ops").post("/api/v1/accounts", """
                {"email": "%s", "family": "ROUSSEL", "given": "Ola", "roles": [%s], "territories": ["75"]}""".formatted(email, roles));
    }

    /** Of the doctor, tomorrow evening; to be deleted. */
    String newEntry() {
        HttpResponse<String> made =
                platform.post("/api/v1/practitioners/" + DOCTOR + "/agenda/entries", """
                {"place": "%s", "date": "%s", "start": "19:00", "end": "19:15", "modes": ["AMB"]}""".formatted(place(), TOMORROW));
        return made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private JsonNode entries(String of) {
        return platform.json(of + "/agenda/entries").path("entries");
    }

    String place() {
        return platform.json("/api/v1/practitioners/" + DOCTOR)
                .at("/places/0/id")
                .asText();
    }

    /** The address of one of {@link CheckedPages}. */
    String address(String page) {
        String of = page.contains("{facility}") ? "/api/v1/facilities/" + CENTRE : "/api/v1/practitioners/" + DOCTOR;
        return hub
                + page.replace("{practitioner}", DOCTOR)
                        .replace("{facility}", CENTRE)
                        .replace("{place}", place())
                        .replace("{entry}", entries(of).at("/0/id").asText())
                        .replace("{date}", TOMORROW.toString())
                        .replace("{account}", account());
    }

    private String account() {
        return platform.json("/api/v1/accounts?text=" + REGULATOR)
                .at("/accounts/0/id")
                .asText();
    }

    Page doctor(Browser browser) {
        return signedIn(browser, "axe-doctor", "Alice", "DURAND", DOCTOR);
    }

    Page doctorOfTwoPlaces(Browser browser) {
        return signedIn(browser, "axe-doctor-of-two", "Paul", "LEROY", OF_TWO_PLACES);
    }

    private Page signedIn(Browser browser, String subject, String given, String family, String id) {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub, subject, SignInProvider.practitioner(id, given, family));
        return page;
    }

    Page manager(Browser browser) {
        return signedIn(browser, MANAGER, "Noa", "PETIT");
    }

    Page delegate(Browser browser) {
        return signedIn(browser, DELEGATE, "Camille", "MARTIN");
    }

    Page accountManager(Browser browser) {
        return signedIn(browser, ACCOUNT_MANAGER, "Sacha", "BLANC");
    }

    /** Who is a regulator as well. */
    Page operator(Browser browser) {
        return signedIn(browser, OPERATOR, "Ola", "ROUSSEL");
    }

    private Page signedIn(Browser browser, String email, String given, String family) {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub, email, SignInProvider.address(email, given, family));
        return page;
    }

    static List<String> agendaOfTwoPlaces() {
        return List.of("/espace/effecteurs/" + OF_TWO_PLACES + "/agenda");
    }
}
