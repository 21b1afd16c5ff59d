package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A practitioner, or a centre's manager, whom no other walk knows, signed in at a browser; and what a search finds of theirs. */
final class Walker {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final AtomicInteger NUMBER = new AtomicInteger(88_000);

    final String id;
    final Page page;
    final HubClient platform;
    private final String hub;
    private final String space;
    private final String search;

    private Walker(Browser browser, int port, String id, String space, String search) {
        this.id = id;
        this.hub = "http://localhost:" + port;
        this.space = space;
        this.search = search;
        platform = HubClient.at(port).as("test-portal");
        page = browser.page("fr-FR", ColorScheme.LIGHT);
    }

    /** With a place in Paris each, at numbers 1, 2 … of a street. */
    static Walker practitioner(Browser browser, int port, int places) {
        return practitioner(
                browser,
                port,
                IntStream.rangeClosed(1, places)
                        .mapToObj(number -> place("17500088" + "%02d".formatted(number), number, "75011", "PARIS"))
                        .toList());
    }

    static Walker practitioner(Browser browser, int port, List<String> places) {
        String id = "8100000" + NUMBER.incrementAndGet();
        Walker walker = new Walker(
                browser,
                port,
                id,
                "/espace/effecteurs/" + id,
                "schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + id);
        HttpResponse<String> known = walker.platform.put(
                "/api/v1/practitioners/" + id,
                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": ["
                        + String.join(", ", places) + "]}");
        assertThat(known.statusCode()).as(known.body()).isIn(200, 201);
        walker.platform.put("/api/v1/practitioners/" + id + "/settings", "{}");
        SignInProvider.signIn(
                walker.page, walker.hub, "walker-" + id, SignInProvider.practitioner(id, "Alice", "DURAND"));
        return walker;
    }

    static String place(String structure, int number, String postalCode, String city) {
        return """
                {"structures": ["%s"], "line": "%d rue des Lilas", "postalCode": "%s", "city": "%s", "phone": "0102030405"}""".formatted(structure, number, postalCode, city);
    }

    /** Of a health centre in Paris that takes part, or not. */
    static Walker manager(Browser browser, int port, boolean acceptsOverbooking) {
        Centre centre = Centre.at(port, NUMBER.incrementAndGet());
        centre.settings(1, acceptsOverbooking, true);
        String id = centre.finess();
        Walker walker = new Walker(
                browser,
                port,
                id,
                "/espace/structures/" + id,
                "schedule.actor:Location.organization.identifier=urn:oid:1.2.250.1.71.4.2.2%7C" + id);
        String email = "gestion." + id + "@exemple.fr";
        walker.platform.post(
                "/api/v1/facilities/" + id + "/managers",
                "{\"email\": \"" + email + "\", \"family\": \"PETIT\", \"given\": \"Noa\"}");
        SignInProvider.signIn(walker.page, walker.hub, email, SignInProvider.address(email, "Noa", "PETIT"));
        return walker;
    }

    /** @param path below this walker's pages */
    void opens(String path) {
        page.navigate(hub + space + path);
    }

    void opensSpace() {
        page.navigate(hub + "/espace");
    }

    void opensWeekOf(LocalDate day) {
        opens("/agenda?semaine=" + IsoWeek.of(day));
    }

    /** The pop-in for something new, filled in but for what else the walk wants; saved by {@link #saves}. */
    Locator typesIn(LocalDate day, String start, String end) {
        // a click before the week's script runs is a link to a page without a pop-in
        page.waitForURL("**/agenda*");
        page.getByText("Créer des disponibilités").first().click();
        Locator dialog = page.locator("dialog");
        dialog.locator("#date").fill(day.toString());
        dialog.locator("#debut").fill(start);
        dialog.locator("#fin").fill(end);
        return dialog;
    }

    void types(LocalDate day, String start, String end) {
        typesIn(day, start, end).getByLabel("Consultation en cabinet").check();
        saves();
    }

    /** And reads that it was. */
    String saves() {
        saves(page);
        return page.textContent("#said");
    }

    /** In a pop-in, until the page says that it was. */
    static void saves(Page page) {
        page.locator("dialog").getByText("ENREGISTRER").last().click();
        page.locator("dialog").waitFor(hidden());
        page.locator("#said").waitFor();
    }

    /** In a form that is a page, until the next one says that it was. */
    void savesThePage() {
        page.getByText("ENREGISTRER").last().click();
        page.locator("[role=status]").waitFor();
    }

    /** In a week that begins after this one. */
    static LocalDate aWednesday() {
        return LocalDate.now(PARIS).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
    }

    static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
    }

    Locator block(String hours) {
        return page.locator(".block", new Page.LocatorOptions().setHasText(hours));
    }

    String placeAt(int number) {
        return StreamSupport.stream(
                        platform.json("/api/v1/practitioners/" + id)
                                .path("places")
                                .spliterator(),
                        false)
                .filter(place ->
                        place.path("line").asText().toLowerCase(Locale.ROOT).startsWith(number + " "))
                .map(place -> place.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    /** Slots of that day as a search answers them, such as {@code 17:00-19:00}, in the time they are told in. */
    List<String> found(LocalDate day) {
        return slots(day).stream()
                .map(slot -> slot.path("start").asText().substring(11, 16) + "-"
                        + slot.path("end").asText().substring(11, 16))
                .sorted()
                .toList();
    }

    /** By the first search after the page has said that it is saved. */
    void isFoundAtOnce(LocalDate day, String... hours) {
        assertThat(found(day)).containsExactly(hours);
    }

    List<JsonNode> slots(LocalDate day) {
        return Centre.resources(answer(day), "Slot");
    }

    /** What the platform's search answers about that day. */
    JsonNode answer(LocalDate day) {
        return platform.as("test-search")
                .json("/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor"
                        + "&_include:iterate=Location:organization&start=ge"
                        + day.atStartOfDay(PARIS).toInstant() + "&start=le"
                        + day.plusDays(1).atStartOfDay(PARIS).toInstant() + "&" + search + "&status=free");
    }

    /** What a search for who may be called answers, with or without a free slot. */
    String role() {
        return platform.as("test-search")
                .get("/fhir/PractitionerRole?practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + id)
                .body();
    }
}
