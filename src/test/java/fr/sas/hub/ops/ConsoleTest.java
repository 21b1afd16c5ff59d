package fr.sas.hub.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.HubClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;

/** The console in a real browser, as somebody of operations meets it. */
class ConsoleTest extends VisitedConsole {

    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(30_000);

    @Autowired
    LiveFragments live;

    @Test
    void whoever_has_no_token_is_asked_for_one_and_a_token_of_another_role_is_refused() {
        Page page = visit.page("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops"));
        assertThat(page).hasURL(visit.url("/ops/login"));

        page.getByLabel("Jeton").fill("test-search");
        page.getByText("Entrer").click();

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Ce jeton ne porte pas le rôle ops.");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "login-fr");
    }

    @Test
    void the_first_page_shows_a_row_per_vendor_and_keeps_itself_up_to_date() {
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        Locator row = visit.row(page);
        assertThat(row).containsText("répond", PATIENTLY);
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "overview-fr-light");

        visit.vendor.failWith(500);

        assertThat(row).containsText("erreur du serveur", PATIENTLY);
        assertThat(row.locator(".word")).hasText(Pattern.compile("en difficulté|interrogation suspendue"));
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "overview-fr-failing");
        assertThat(visit.foreign()).as("nothing is loaded from elsewhere").isEmpty();
    }

    @Test
    void the_console_speaks_english_and_keeps_to_the_dark() {
        Page page = visit.entered("en-GB", ColorScheme.DARK);

        assertThat(page.locator("h1")).hasText("Vendors");
        assertThat(visit.row(page)).containsText("answering", PATIENTLY);
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "overview-en-dark");
    }

    @Test
    void explain_names_the_rule_for_every_slot_of_a_practitioner() {
        Page page = visit.enteredWhenItAnswers("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops/explain"));
        page.locator("#practitioner").fill(visit.doctor);
        page.getByText("Expliquer", new Page.GetByTextOptions().setExact(true))
                .last()
                .click();

        assertThat(page.locator("tr[data-reference]").first()).containsText(visit.vendorId);
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "explain-fr");

        page.locator("#practitioner").fill("personne");
        page.locator("button[type=submit]").last().click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    }

    @Test
    void the_outboxes_have_a_page_and_every_page_is_reached_by_keyboard() {
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.navigate(visit.url("/ops/outbox"));
        assertThat(page.locator("h1")).hasText("Envois");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "outbox-fr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops", "/ops/explain", "/ops/outbox", "/ops/aide", "/ops/annuaire", "/ops/comptes"})
    void a_page_has_no_barriers_and_is_no_wider_than_a_telephone(String address) {
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url(address));
        assertThat(Axe.breachesInLightAndDark(page)).as("wide").isEmpty();

        page.setViewportSize(390, 844);
        page.navigate(visit.url(address));

        assertThat(Axe.breachesInLightAndDark(page)).as("narrow").isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
    }

    @Test
    void whoever_reads_the_table_by_keyboard_is_not_thrown_out_of_it_when_figures_change() {
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        page.setViewportSize(700, 900);
        Locator row = visit.row(page);
        assertThat(row).containsText("répond", PATIENTLY);
        page.locator("#vendors").focus();
        page.locator("#vendors").evaluate("region => region.scrollLeft = 60");
        Object questions = row.locator("td").nth(5).innerText();

        assertThat(row.locator("td").nth(5))
                .not()
                .hasText(String.valueOf(questions), new HasTextOptions().setTimeout(30_000));

        assertThat(page.locator("#vendors")).isFocused();
        assertThat(page.locator("#vendors").evaluate("region => region.scrollLeft"))
                .isEqualTo(60);
        page.locator("#vendor-" + visit.vendorId).focus();
        String later = row.locator("td").nth(5).innerText();
        assertThat(row.locator("td").nth(5)).not().hasText(later, new HasTextOptions().setTimeout(30_000));
        assertThat(page.locator("#vendor-" + visit.vendorId)).isFocused();
    }

    @Test
    void an_outbox_is_stopped_and_started_with_reasons_that_are_kept() {
        visit.descriptor().takesAccounts().dropInto(connectors);
        HubClient portal = HubClient.at(port).as("test-portal");
        UUID regulator = UUID.randomUUID();
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        Locator row = page.locator("tr[data-destination=accounts-" + visit.vendorId + "]");
        await().until(() -> {
            portal.put("/api/v1/regulators/" + regulator, """
                    {"family": "LORIDON", "given": "Ana", "email": "ana@test.example"}""");
            portal.post("/api/v1/regulators/" + regulator + "/login", "");
            page.navigate(visit.url("/ops/outbox"));
            return row.count() == 1;
        });

        act(row, "stop", "Maintenance annoncée");
        assertThat(row).containsText("arrêtée");
        assertThat(row).containsText("Maintenance annoncée");
        act(row, "start", "     ");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Motif : Dites pourquoi, en 3 à 500 caractères.");
        act(row, "start", "Maintenance finie");
        assertThat(row).not().containsText("arrêtée");
        assertThat(page.locator("ul q").first()).hasText(Pattern.compile("Maintenance finie"));
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "outbox-fr-acted");
    }

    private static void act(Locator destination, String lever, String reason) {
        destination.locator("input[name=reason]").fill(reason);
        destination
                .locator(lever.equals("stop") ? "button:not([formaction])" : "button[formaction$=" + lever + "]")
                .click();
    }

    @Test
    @CapturesOutput
    void a_reader_who_closes_the_first_page_leaves_no_error_behind(CapturedOutput log) {
        Page page = visit.enteredWhenItAnswers("fr-FR", ColorScheme.LIGHT);
        await().until(() -> live.readers() > 0);
        int readers = live.readers();
        page.context().close();

        await().until(() -> live.readers() < readers);
        Page next = visit.entered("fr-FR", ColorScheme.LIGHT);
        Locator questions = visit.row(next).locator("td").nth(5);
        String before = questions.innerText();
        assertThat(questions).not().hasText(before, new HasTextOptions().setTimeout(30_000));
        assertThat(log.getOut()).doesNotContain("response is already committed");
    }

    @Test
    void an_address_where_nothing_is_says_so_on_a_page() {
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops/vendors/personne"));
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Cet éditeur n'existe pas.");
        page.navigate(visit.url("/ops/vendors/" + visit.vendorId + "/deliveries/rien"));
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Il n'y a rien à cette adresse.");
        page.getByText("Première page").click();
        assertThat(page.locator("h1")).hasText("Éditeurs");
    }

    @Test
    void a_page_of_another_site_writes_nothing_in_a_readers_name() {
        HubClient anybody = HubClient.at(port).as("nobody");
        HttpResponse<String> answer = anybody.send(browsers("/ops/logout")
                .header("Cookie", "hub-ops=test-ops")
                .header("Origin", "https://elsewhere.example")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/ops/login");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void behind_a_load_balancer_that_speaks_tls_the_token_never_travels_without_it() {
        HubClient anybody = HubClient.at(port).as("nobody");
        HttpResponse<String> entered = anybody.send(forwarded("/ops/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=test-ops")));
        assertThat(entered.headers().firstValue("Location")).hasValue("/ops");
        assertThat(entered.headers().firstValue("Set-Cookie").orElse("")).contains("Secure", "HttpOnly");

        HttpResponse<String> left = anybody.send(forwarded("/ops/logout")
                .header("Cookie", "hub-ops=test-ops")
                .header("Origin", "https://hub.example")
                .POST(BodyPublishers.noBody()));
        assertThat(left.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");

        HttpResponse<String> malformed = anybody.send(forwarded("/ops/logout")
                .header("Cookie", "hub-ops=test-ops")
                .header("Origin", "https://[hub example")
                .POST(BodyPublishers.noBody()));
        assertThat(malformed.headers().firstValue("Location")).hasValue("/ops/login");
        assertThat(malformed.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private HttpRequest.Builder forwarded(String path) {
        return browsers(path).header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "hub.example");
    }

    /** Without Authorization: a browser has its cookie only. */
    private HttpRequest.Builder browsers(String path) {
        return HttpRequest.newBuilder(URI.create(visit.url(path)));
    }
}
