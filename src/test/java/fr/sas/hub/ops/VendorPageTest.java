package fr.sas.hub.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of one vendor in a real browser: deliveries, replays, scorecard, levers. */
class VendorPageTest extends VisitedConsole {

    @Test
    void a_vendor_is_paused_with_a_reason_that_is_kept_and_resumed() {
        Page page = visit.enteredWhenItAnswers("fr-FR", ColorScheme.LIGHT);
        page.locator("#vendor-" + visit.vendorId).click();
        assertThat(page.locator("pre")).containsText("vendor: " + visit.vendorId);

        page.locator("#reason").fill("Maintenance annoncée");
        page.getByText("Suspendre", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();

        assertThat(page.locator(".word").first()).hasText("en pause");
        assertThat(page.locator("#all")).containsText("Maintenance annoncée");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "vendor-fr-paused");

        page.locator("#reason").fill("Maintenance finie");
        page.locator("button[formaction$=resume]").click();
        assertThat(page.locator(".word").first()).not().hasText("en pause");
    }

    @Test
    void a_delivery_is_opened_rehearsed_and_replayed() {
        Page page = visit.enteredWhenItAnswers("en-GB", ColorScheme.DARK);
        page.navigate(visit.url("/ops/vendors/" + visit.vendorId));
        page.locator("a[href*='/deliveries/']").first().click();
        assertThat(page.locator("h1")).hasText("Delivery");
        assertThat(page.locator("pre").first()).containsText("\"resourceType\"");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "delivery-en-dark");
        Download body =
                page.waitForDownload(() -> page.getByText("Page 1 as a file").click());
        assertThat(body.suggestedFilename()).startsWith(visit.vendorId).endsWith("-1.json");

        page.getByText("Dry run").click();
        assertThat(page.locator("section[role=status]")).containsText("What a replay would change (deliveries: 1)");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "replay-en-dark");

        page.locator("#reason").fill("Checked");
        page.getByText("Replay for real").click();
        assertThat(page.locator("section[role=status]")).containsText("Replayed, oldest first (deliveries: 1)");

        page.navigate(visit.url("/ops/vendors/" + visit.vendorId));
        assertThat(page.locator("#all")).containsText("Checked (1)");
    }

    @Test
    void deliveries_are_found_by_time_and_a_selection_of_them_is_rehearsed_with_its_reason_asked_for() {
        Page page = visit.enteredWhenItAnswers("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops/vendors/" + visit.vendorId));
        page.locator("#to").fill("2020-01-01T00:00");
        page.getByText("Chercher", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#all")).containsText("Aucune livraison conservée");
        assertThat(page.locator("#to")).hasValue("2020-01-01T00:00");

        page.locator("#to").fill("");
        page.locator("#from").fill("2020-01-01T00:00");
        page.getByText("Chercher", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Rejouer la sélection à blanc").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Livraisons : Choisissez au moins une livraison.");

        page.goBack();
        page.locator("input[name=delivery]").first().check();
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "vendor-fr");
        page.getByText("Rejouer la sélection à blanc").click();
        assertThat(page.locator("section[role=status]")).containsText("Ce que rejouer changerait (livraisons : 1)");
        page.locator("#reason").evaluate("field => { field.removeAttribute('required'); field.value = ''; }");
        page.getByText("Rejouer réellement").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Motif : Dites pourquoi, en 3 à 500 caractères.");
        page.getByText("Rejouer à blanc").click();
        assertThat(page.locator("section[role=status]")).containsText("livraisons : 1");
    }

    @Test
    void what_a_vendor_sends_in_vain_is_on_its_scorecard_and_all_that_failed_is_replayed_together() {
        visit.vendor.lie();
        Page page = visit.entered("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops/vendors/" + visit.vendorId));
        await().until(() -> {
            page.reload();
            return page.locator("tr[data-rule=NOT_ASKED_FOR]").count() == 1;
        });
        assertThat(page.locator("tr[data-rule=NOT_ASKED_FOR]")).containsText("rejet");
        assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
        Browser.picture(page, "vendor-fr-scorecard");

        page.locator("#failedSince").fill("2020-01-01T00:00");
        page.locator("form:has(#failedSince) button").click();
        assertThat(page.locator("section[role=status]")).containsText("Ce que rejouer changerait");
        page.locator("#reason").fill("Après correction");
        page.getByText("Rejouer réellement").click();
        assertThat(page.locator("section[role=status]")).containsText("Rejouées");
    }

    @Test
    void every_lever_of_a_vendor_answers_and_is_kept_with_its_reason() {
        Page page = visit.enteredWhenItAnswers("fr-FR", ColorScheme.LIGHT);
        page.navigate(visit.url("/ops/vendors/" + visit.vendorId));
        pull(page, "trial", "Doute sur les créneaux");
        assertThat(page.locator(".word").first()).hasText(Pattern.compile("à l'essai|pas encore interrogé"));
        pull(page, "live", "Créneaux vérifiés");
        pull(page, "ask-now", "Une praticienne attend");
        pull(page, "forget-breaker", "L'éditeur est rétabli");

        assertThat(page.locator("ul q")).containsText(new String[] {
            "L'éditeur est rétabli", "Une praticienne attend", "Créneaux vérifiés", "Doute sur les créneaux"
        });
        assertThat(page.locator(".word").first()).hasText(Pattern.compile("répond|pas encore interrogé"));
    }

    private static void pull(Page page, String lever, String reason) {
        page.locator("#reason").fill(reason);
        page.locator("button[formaction$=" + lever + "]").click();
        assertThat(page.locator("#all")).containsText(reason);
    }
}
