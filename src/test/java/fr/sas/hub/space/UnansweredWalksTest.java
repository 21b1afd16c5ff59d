package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import fr.sas.hub.help.HelpDesk;
import fr.sas.hub.help.HelpRequestFilter;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PeopleHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people see of a script's request that fails: never that it was done, nor that there is nothing, and nothing typed is lost. */
@PeopleHubTest
class UnansweredWalksTest {

    private static final String FORM = "**/disponibilites/nouvelle*";
    private static final String CONTACT = "**/aide/contact";
    private static final String SILENCE = "La plateforme ne répond pas pour le moment.";
    private static final String PROXY = "<html><body><center><h1>502 Bad Gateway</h1></center></body></html>";

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    @Autowired
    HelpDesk help;

    private final LocalDate day = Walker.aWednesday();
    private Walker alice;
    private Page page;

    enum Failure {
        A_PROXY_IN_FRONT_OF_THE_HUB(route -> fulfill(route, 502, PROXY)),
        NOTHING_AT_ALL_FROM_A_PROXY(route -> fulfill(route, 503, "")),
        THE_HUB(route -> fulfill(
                route, 500, "<main><p role=\"alert\">La plateforme n'a pas pu traiter votre demande.</p></main>")),
        NO_NETWORK(Route::abort),
        A_PAGE_OF_SOMEBODY_ELSE(route -> fulfill(route, 200, "<p>Wi-Fi de l'hôpital</p>")),
        A_PROXY_AFTER_THE_HUB_HAS_SAVED(route -> {
            route.fetch(new Route.FetchOptions().setMaxRedirects(0));
            fulfill(route, 504, PROXY);
        }),
        NO_ANSWER_IN_TIME(route -> {});

        private final Consumer<Route> handler;

        Failure(Consumer<Route> handler) {
            this.handler = handler;
        }
    }

    private static void fulfill(Route route, int status, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("text/html")
                .setBody(body));
    }

    @BeforeEach
    void a_practitioner_looks_at_a_week() {
        alice = Walker.practitioner(browser.get(), port, 1);
        page = alice.page;
        alice.opensWeekOf(day);
    }

    @ParameterizedTest
    @EnumSource
    void a_form_that_was_sent_in_vain_stays_open_as_typed_and_is_saved_once_when_it_is_sent_again(Failure failure) {
        Locator dialog = filledIn();
        if (failure == Failure.NO_ANSWER_IN_TIME) {
            page.evaluate("htmx.config.timeout = 200");
        }
        page.route(FORM, failure.handler);
        saveButton().click();

        Locator told = dialog.getByRole(AriaRole.ALERT);
        assertThat(told).containsText(failure == Failure.THE_HUB ? "n'a pas pu traiter" : SILENCE);
        assertThat(told).containsText("conservé ci-dessous");
        assertThat(told).isFocused();
        assertThat(dialog.locator("#debut")).hasValue("17:00");
        assertThat(dialog.getByLabel("Téléconsultation")).isChecked();
        assertThat(Axe.breaches(page)).isEmpty();

        page.evaluate("htmx.config.timeout = 30000");
        page.unroute(FORM);
        saveButton().click();

        assertThat(dialog).isHidden();
        assertThat(page.locator("#said")).containsText("Vos créneaux sont désormais visibles");
        assertThat(alice.block("17h00 - 19h00")).hasCount(1);
    }

    @Test
    void a_form_may_fail_any_number_of_times() {
        Locator dialog = filledIn();
        page.route(FORM, Failure.A_PROXY_IN_FRONT_OF_THE_HUB.handler);
        saveButton().click();
        assertThat(dialog.locator(".unanswered")).isFocused();
        dialog.locator("#fin").fill("18:00");
        page.unroute(FORM);
        page.route(FORM, Route::abort);
        saveButton().click();
        assertThat(dialog.locator(".unanswered")).isFocused();
        assertThat(dialog.locator(".unanswered")).hasCount(1);
        page.unroute(FORM);
        dialog.locator("#date").fill("");
        saveButton().click();
        assertThat(dialog.locator("#date-fault")).isVisible();
        assertThat(dialog.locator(".unanswered")).hasCount(0);
        assertThat(dialog.locator("#fin")).hasValue("18:00");
    }

    @Test
    void a_form_that_does_not_open_says_so_and_opens_when_it_is_asked_for_again() {
        page.route(FORM, Failure.A_PROXY_IN_FRONT_OF_THE_HUB.handler);
        page.getByText("Créer des disponibilités").first().click();
        Locator dialog = page.locator("dialog");

        assertThat(dialog).containsText("Le formulaire ne s'ouvre pas");
        assertThat(dialog.locator(".unanswered")).containsText(SILENCE);
        assertThat(dialog.locator(".unanswered")).isFocused();
        assertThat(Axe.breaches(page)).isEmpty();
        dialog.getByText("Fermer").click();
        assertThat(dialog).isHidden();
        assertThat(alice.page.locator(".week")).isVisible();

        page.getByText("Créer des disponibilités").first().click();
        assertThat(dialog.locator(".unanswered")).isFocused();
        page.unroute(FORM);
        dialog.getByText("Réessayer").click();
        assertThat(dialog.locator("#debut")).isVisible();
        assertThat(dialog.locator(".unanswered")).hasCount(0);
    }

    @Test
    void a_form_that_does_not_open_from_another_leaves_the_other_as_typed() {
        alice.types(day, "08:00", "08:15");
        page.getByLabel("Modifier : 08h00 - 08h15").first().click();
        page.locator("#fin").fill("08:40");
        page.route("**/suppression*", Route::abort);
        page.locator("dialog a.delete").click();

        assertThat(page.locator("dialog .unanswered")).containsText("ne peut pas être affiché");
        assertThat(page.locator("#fin")).hasValue("08:40");
    }

    @Test
    void a_list_that_cannot_be_searched_is_not_shown_as_what_was_found() {
        for (String name : List.of("CPTS DU PAYS DE FOUGERES", "CPTS DE REDON")) {
            alice.platform.put(
                    "/api/v1/facilities/13500007" + name.length(),
                    "{\"name\": \"" + name + "\", \"kind\": \"cpts\", \"city\": \"RENNES\"}");
        }
        alice.opens("/parametres");
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("cpts");
        page.route("**/parametres/structures*", Route::abort);
        Locator search = page.getByLabel("Sélectionnez dans la liste");
        search.pressSequentially("foug");

        assertThat(page.locator(".unanswered")).containsText(SILENCE);
        assertThat(search).isFocused();
        assertThat(Axe.breaches(page)).isEmpty();

        page.unroute("**/parametres/structures*");
        search.pressSequentially("e");
        assertThat(page.getByLabel("CPTS DE REDON")).hasCount(0);
        assertThat(page.getByLabel("CPTS DU PAYS DE FOUGERES")).isVisible();
        assertThat(page.locator(".unanswered")).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource
    void a_request_for_help_that_was_sent_in_vain_stays_as_typed_and_is_taken_once_when_it_is_sent_again(
            Failure failure) {
        page.navigate("http://localhost:" + port + "/aide/contact?sujet=incident");
        String text = "Rien ne s'affiche " + UUID.randomUUID();
        requestForHelp(text);
        if (failure == Failure.NO_ANSWER_IN_TIME) {
            page.evaluate("document.querySelector('form[data-most]').dataset.within = 200");
        }
        page.route(CONTACT, failure.handler);
        sendButton().click();

        Locator told = page.locator("main > [role=alert]");
        assertThat(told).containsText(failure == Failure.THE_HUB ? "n'a pas pu traiter" : SILENCE);
        assertThat(told).isFocused();
        assertThat(page.locator("#message")).hasValue(text);
        assertThat(Axe.breaches(page)).isEmpty();

        page.unroute(CONTACT);
        page.evaluate("document.querySelector('form[data-most]').dataset.within = 30000");
        sendButton().click();

        assertThat(page.locator("main")).containsText("Votre demande porte le numéro");
        assertThat(help.list(new HelpRequestFilter(null, null, null, text, null)))
                .hasSize(1);
    }

    @Test
    void every_script_of_the_pages_asks_by_a_way_that_tells_of_failures() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/static/assets"))) {
            assertThat(scripts.filter(script -> script.toString().endsWith(".js"))
                            .filter(script -> !script.endsWith("contact.js")))
                    .isNotEmpty()
                    .allSatisfy(script -> assertThat(Files.readString(script))
                            .doesNotContain("fetch(", "XMLHttpRequest", "sendBeacon"));
        }
    }

    private Locator filledIn() {
        Locator dialog = alice.typesIn(day, "17:00", "19:00");
        dialog.getByLabel("Je peux recevoir X patients").check();
        dialog.locator("#patients").fill("4");
        dialog.getByLabel("Téléconsultation").check();
        return dialog;
    }

    private void requestForHelp(String text) {
        page.locator("#role").selectOption("effecteur");
        page.locator("#family").fill("DURAND");
        page.locator("#given").fill("Alice");
        page.locator("#phone").fill("01 02 03 04 05");
        page.locator("#email").fill("alice@exemple.fr");
        page.locator("#territory").selectOption("75");
        page.locator("#message").fill(text);
    }

    private Locator sendButton() {
        return page.getByText("Envoyer", new Page.GetByTextOptions().setExact(true));
    }

    private Locator saveButton() {
        return page.locator("dialog button[type=submit]");
    }
}
