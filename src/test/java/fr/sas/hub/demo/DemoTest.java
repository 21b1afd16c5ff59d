package fr.sas.hub.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import com.sun.net.httpserver.HttpServer;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.TestDatabase;
import fr.sas.hub.testing.VendorBook.Doctor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a visitor meets it: everything it prints works. */
class DemoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RECEIVER = FreePort.next();

    @TempDir
    static Path home;

    private static DemoHub.Running demo;
    private static DemoRequests requests;
    private static List<Doctor> shown;
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

    @BeforeAll
    static void the_demo_runs() throws Exception {
        demo = DemoHub.start(
                home,
                List.of(
                        "--server.port=0",
                        "--hub.subscription.receivers=http://127.0.0.1:" + RECEIVER,
                        "--spring.datasource.url=" + TestDatabase.fresh(),
                        "--spring.datasource.username=postgres"));
        requests = demo.requests();
        shown = DemoHub.shown(demo.doctors());
        Console console = new Console(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
        new DemoEntries(requests, console).type(demo.doctors(), demo.vendors().soleil(), Instant.now());
        new DemoNotice(console).print(demo, requests, shown);
    }

    @AfterAll
    static void the_demo_stops() {
        demo.close();
    }

    @Test
    void the_first_request_finds_the_slots_of_several_vendors_and_of_the_agenda() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = requests.slots(shown).send();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(DemoHub.sources(answer)).contains("agenda-soleil", "brouillon", "cpts-agenda", "agenda");
        });
    }

    @Test
    void a_slot_that_a_vendor_and_the_agenda_both_have_is_answered_once_with_both() {
        Curl search = requests.slots(List.of(shown.getFirst()));

        await().atMost(PATIENCE)
                .until(() -> slots(ok(search)).stream()
                        .filter(slot -> slot.at("/meta/source").asText().equals("agenda-soleil"))
                        .flatMap(slot -> slot.findValues("valueString").stream())
                        .anyMatch(other -> other.asText().equals("agenda")));
    }

    @Test
    void a_practitioner_asks_for_a_delegate_an_account_manager_sees_it_and_the_history_tells() throws Exception {
        Doctor alice = shown.getFirst();
        assertThat(requests.delegate(alice).send().statusCode()).isEqualTo(201);

        assertThat(ok(requests.openRequests()).path("delegations").findValuesAsText("practitioner"))
                .contains(alice.nationalId());
        JsonNode changes = ok(requests.history(alice)).path("changes");
        assertThat(changes.at("/0/by/person").asText()).isEqualTo("practitioner " + alice.nationalId());
        assertThat(changes.findValuesAsText("kind")).contains("delegation", "agenda");
    }

    @Test
    void each_kind_of_structure_that_a_practitioner_may_take_part_through_is_there_to_be_chosen() throws Exception {
        for (String kind : List.of("cpts", "msp", "sos", "cds")) {
            assertThat(ok(requests.facilities(kind)).path("facilities"))
                    .as(kind)
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void a_doctor_who_signed_in_is_told_by_mail_that_their_delegate_was_accepted() throws Exception {
        Doctor doctor = DemoHub.withoutSoftware(demo.doctors());
        try (Browser browser = Browser.open()) {
            opens(browser, "Médecin, sans logiciel", "/espace");
        }

        HttpResponse<String> asked = requests.delegate(doctor, "dominique@exemple.fr", "LEROY", "Dominique")
                .send();
        ok(requests.acceptance(asked.headers().firstValue("Location").orElseThrow()));

        await().atMost(PATIENCE)
                .until(() -> Curl.get(demo.mailbox().address(), "nobody")
                        .send()
                        .body()
                        .contains("À : " + DemoProvider.email(doctor)));
    }

    @Test
    void what_is_sent_by_the_contact_form_arrives_in_the_mailbox() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page("fr-FR", ColorScheme.LIGHT);
            page.navigate(demo.hub() + "/aide/contact?sujet=incident");
            page.locator("#role").selectOption(new SelectOption().setIndex(1));
            page.locator("#family").fill("LEROUX");
            page.locator("#given").fill("Noé");
            page.locator("#phone").fill("01 23 45 67 89");
            page.locator("#email").fill("noe.leroux@exemple.fr");
            page.locator("#territory").selectOption("75");
            page.locator("#message").fill("La semaine ne s'affiche plus.");
            page.locator("main form button[type=submit]").click();
            page.waitForURL("**/aide/contact/envoyee**");
            assertThat(page.textContent("h1")).contains("Votre demande est envoyée");
        }

        await().atMost(PATIENCE)
                .until(() -> Curl.get(demo.mailbox().address(), "nobody")
                        .send()
                        .body()
                        .contains("La semaine ne s&#39;affiche plus."));
    }

    @Test
    void everything_that_is_typed_into_the_portal_is_taken() {
        assertThat(PRINTED.toString(StandardCharsets.UTF_8)).doesNotContain("Not taken", "does not know");
    }

    @Test
    void a_doctor_signs_in_by_a_click_accepts_the_terms_and_signs_out_in_a_real_browser() {
        try (Browser browser = Browser.open()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.page("fr-FR", scheme);
                String look = scheme.name().toLowerCase(Locale.ROOT);
                page.navigate(demo.hub() + "/espace");
                picture(page, "connexion", look);
                page.getByText("S'identifier avec Pro Santé Connect").click();
                page.getByText(shown.getFirst().family()).first().click();
                if (page.url().endsWith("/conditions")) {
                    picture(page, "conditions", look);
                    page.getByLabel("Vous acceptez les conditions générales d'utilisation")
                            .check();
                    page.getByText("Valider").click();
                }
                assertThat(page.url()).endsWith("/espace");
                assertThat(page.textContent("h1"))
                        .contains("Bonjour " + shown.getFirst().given());
                picture(page, "espace", look);
                page.locator("details.account summary").click();
                page.getByText("Vous déconnecter").click();
                page.waitForURL(demo.hub() + "/connexion**");
                page.navigate(demo.hub() + "/espace");
                assertThat(page.url()).as("signed out").contains("/connexion");
                page.getByText("Se connecter à votre compte").click();
                page.getByText("Inconnu de la plateforme").click();
                assertThat(page.textContent("main")).contains("rapprochez-vous de votre ARS");
                picture(page, "sans-lieu", look);
            }
        }
    }

    @Test
    void everybody_of_the_demo_signs_in_by_one_click_and_is_who_the_button_says() {
        try (Browser browser = Browser.open()) {
            assertThat(opens(browser, "Médecin, avec logiciel", "/espace")).contains("SAS - Effecteur");
            assertThat(opens(browser, "Médecin, sans logiciel", "/espace")).contains("SAS - Effecteur");
            assertThat(opens(browser, "Médecin, deux lieux", "/espace").split("Éditer vos disponibilités", -1))
                    .hasSize(3);
            assertThat(opens(browser, "Médecin, première visite", "/espace"))
                    .contains(
                            "Vous n'avez pas encore rempli vos paramètres",
                            DemoHub.onAFirstVisit(demo.doctors()).family());
            assertThat(opens(browser, "Gestionnaire du centre", "/espace"))
                    .contains("SAS - Gestionnaire de structures", "Centre de santé du Marché");
            assertThat(opens(browser, "Andrea COSTE", "/espace"))
                    .contains(
                            "SAS - Délégataire",
                            DemoHub.withoutSoftware(demo.doctors()).family());
            assertThat(opens(browser, "Gestionnaire de comptes", "/espace"))
                    .contains("SAS - Gestionnaire de comptes", "Demandes de délégation");
            assertThat(opens(browser, "Régulatrice", "/espace")).contains("Bonjour Morgane LEROUX");
            assertThat(opens(browser, "Exploitation", "/console")).contains(DemoProvider.OPS);
        }
    }

    @Test
    void what_the_readme_shows_is_full_of_the_demos_people() {
        await().atMost(PATIENCE)
                .until(() -> DemoHub.sources(requests.slots(shown).send()).size() == 5);
        try (Browser browser = Browser.open()) {
            new DemoPictures(browser, demo.hub()).take(shown.getFirst());
        }
    }

    /** @return what the page says, the terms accepted */
    private static String opens(Browser browser, String button, String path) {
        return DemoPictures.signedIn(browser, demo.hub(), button, path).textContent("body");
    }

    private static void picture(Page page, String name, String look) {
        Browser.picture(page, name + "-" + look);
        page.setViewportSize(390, 844);
        Browser.picture(page, name + "-" + look + "-phone");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing wider than a phone on %s", name)
                .isLessThanOrEqualTo(390);
        page.setViewportSize(1400, 900);
    }

    @Test
    void the_slots_of_cpts_come_with_the_cpts() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode bundle = ok(requests.slotsOfCommunities(shown));
            assertThat(bundle.findValuesAsText("resourceType")).contains("HealthcareService", "Organization");
            assertThat(bundle.toString()).contains("CPTS des Trois Marchés");
        });
    }

    @Test
    void the_second_request_finds_the_sites_of_both_associations() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode bundle = ok(requests.sites(
                    List.of(DemoVendors.SOS_OF_THE_PINES.structure(), DemoVendors.SOS_OF_THE_LAGOON.structure())));
            assertThat(bundle.findValuesAsText("resourceType").stream().filter("Schedule"::equals))
                    .hasSize(3);
            assertThat(bundle.toString()).contains("SOS Médecins Grands Pins Nord", "hoursOfOperation");
        });
    }

    @Test
    void a_health_centre_is_found_by_its_finess_and_with_its_doctors_whose_participation_follows_it() throws Exception {
        String centre = DemoHub.centre(demo.doctors()).structures().getFirst();
        Curl withDoctors = requests.slots(DemoHub.salaried(demo.doctors()));

        assertThat(ok(requests.slotsOfCentre(centre)).toString()).contains("Centre de santé du Marché");
        assertThat(ok(withDoctors).toString()).contains("Centre de santé du Marché", "\"valueCode\":\"cds\"");

        ok(requests.centreSettings(centre, "{}"));
        assertThat(ok(withDoctors).toString())
                .contains("Centre de santé du Marché")
                .doesNotContain("\"cds\"");
        ok(requests.centreSettings(centre, DemoEntries.CENTRE_PARTICIPATES));
    }

    @Test
    void a_refusal_takes_the_vendors_slots_away_at_once_and_lifting_it_brings_them_back() throws Exception {
        Doctor refusing = shown.getLast();
        Curl search = requests.slots(List.of(refusing));
        await().atMost(PATIENCE).until(() -> DemoHub.sources(search.send()).contains("agenda-soleil"));

        ok(requests.display(refusing, true));
        assertThat(DemoHub.sources(search.send())).isSubsetOf("agenda");
        assertThat(demo.vendors().soleil().questions()).isNotEmpty();

        ok(requests.display(refusing, false));
        await().atMost(PATIENCE).until(() -> DemoHub.sources(search.send()).contains("agenda-soleil"));
    }

    @Test
    void a_booking_of_the_platform_takes_one_place_of_four() throws Exception {
        Doctor doctor = shown.getFirst();
        Instant start = DemoEntries.range(doctor, Instant.now());
        Curl search = requests.slots(List.of(doctor));
        assertThat(capacities(search)).contains(4);

        HttpResponse<String> booked =
                requests.booking(doctor, start, "demo-test").send();

        assertThat(booked.statusCode()).as(booked.body()).isEqualTo(201);
        assertThat(capacities(search)).contains(3).doesNotContain(4);
        assertThat(PRINTED.toString(StandardCharsets.UTF_8)).contains("/fhir/Appointment?identifier=");
    }

    @Test
    void what_a_vendor_declares_booked_is_gone_and_comes_back_when_it_is_cancelled() throws Exception {
        Doctor doctor = shown.getFirst();
        Instant start = DemoEntries.nextFree(demo.vendors().soleil(), doctor, Instant.now())
                .orElseThrow();
        Curl search = requests.slots(List.of(doctor));
        await().atMost(PATIENCE).until(() -> starts(search).contains(start));

        assertThat(requests.declaration("agenda-soleil", doctor, start, "demo-rdv", "booked")
                        .send()
                        .statusCode())
                .isEqualTo(201);
        assertThat(starts(search)).doesNotContain(start);

        ok(requests.declaration("agenda-soleil", doctor, start, "demo-rdv", "cancelled"));
        await().atMost(PATIENCE).until(() -> starts(search).contains(start));
    }

    /** Of soleil's slots: another source may have one at the same time. */
    private static List<Instant> starts(Curl search) throws Exception {
        return slots(ok(search)).stream()
                .filter(slot -> slot.at("/meta/source").asText().equals("agenda-soleil"))
                .map(slot -> OffsetDateTime.parse(slot.path("start").asText()).toInstant())
                .toList();
    }

    private static List<Integer> capacities(Curl search) throws Exception {
        return slots(ok(search)).stream()
                .flatMap(slot -> slot.findValues("valueInteger").stream())
                .map(JsonNode::asInt)
                .toList();
    }

    @Test
    void the_fourth_request_shows_a_week_with_the_evening_that_was_taken_out() throws Exception {
        JsonNode agenda = ok(requests.occurrences(shown.getFirst()));

        assertThat(agenda.path("occurrences").findValuesAsText("weekly")).contains("true");
        assertThat(requests.calendar(shown.getFirst()).send().body()).contains("/calendar/");
    }

    @Test
    void what_changes_is_followed_published_and_notified() throws Exception {
        List<String> notified = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", RECEIVER), 0);
        receiver.createContext("/notified", call -> {
            notified.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        receiver.start();
        Doctor refusing = shown.getLast();
        HttpResponse<String> subscribed = requests.subscription(
                        List.of(refusing), "http://127.0.0.1:" + RECEIVER + "/notified")
                .send();
        try {
            assertThat(subscribed.statusCode()).as(subscribed.body()).isEqualTo(201);
            await().atMost(PATIENCE).until(() -> notified.stream().anyMatch(one -> one.contains("\"handshake\"")));
            await().atMost(PATIENCE)
                    .until(() -> DemoHub.sources(
                                    requests.slots(List.of(refusing)).send())
                            .contains("agenda-soleil"));
            ok(requests.display(refusing, true));
            await().atMost(PATIENCE).until(() -> notified.stream().anyMatch(one -> one.contains("\"DELETE\"")));
        } finally {
            ok(requests.display(refusing, false));
            Curl.delete(subscribed.headers().firstValue("Location").orElseThrow(), "demo-search")
                    .send();
            receiver.stop(0);
        }
        assertThat(ok(requests.changes()).path("type").asText()).isEqualTo("history");
        await().atMost(PATIENCE).until(() -> requests.publication().send().statusCode() == 200);
        assertThat(PRINTED.toString(StandardCharsets.UTF_8))
                .contains("/fhir/Slot/$changes'", "/fhir/$bulk-publish'", "/fhir/Subscription'");
    }

    @Test
    void what_is_printed_begins_with_the_front_page_and_people_to_sign_in_as() {
        List<String> printed = PRINTED.toString(StandardCharsets.UTF_8)
                .lines()
                .dropWhile(line -> !line.contains("The hub is up"))
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(printed.get(1)).contains("front page", demo.hub() + "/");
        assertThat(printed.get(2)).contains("sign in", demo.hub() + "/connexion");
        assertThat(printed.subList(3, 6))
                .zipSatisfy(
                        demo.provider().people().subList(0, 3),
                        (line, person) -> assertThat(line).contains(person.who(), person.what()));
    }

    @Test
    void what_is_printed_holds_the_addresses_the_tokens_and_commands_for_bash() {
        String printed = PRINTED.toString(StandardCharsets.UTF_8);

        assertThat(printed)
                .contains(demo.hub() + "/fhir/metadata", "demo-search", "demo-portal", "demo-ops")
                .contains("curl -sS -G '" + demo.hub() + "/fhir/Slot' \\\n  -H 'Authorization: Bearer demo-search'")
                .contains("--data-urlencode '_has:Slot:schedule:status=free'")
                .contains("-d '{\"vendorSlotsHidden\": true}'");
        demo.vendors().list().forEach(vendor -> assertThat(printed).contains(vendor.baseUrl()));
    }

    private static List<JsonNode> slots(JsonNode bundle) {
        List<JsonNode> slots = new ArrayList<>();
        bundle.path("entry").forEach(entry -> slots.add(entry.path("resource")));
        slots.removeIf(resource -> !resource.path("resourceType").asText().equals("Slot"));
        return slots;
    }

    private static JsonNode ok(Curl request) throws Exception {
        HttpResponse<String> answer = request.send();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
