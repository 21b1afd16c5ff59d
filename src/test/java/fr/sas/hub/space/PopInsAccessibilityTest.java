package fr.sas.hub.space;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import fr.sas.hub.testing.PeopleHubTest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What opens above the agenda has no more barriers than a page: empty, filled in, refused, or when it cannot be opened. */
@PeopleHubTest
class PopInsAccessibilityTest extends BrowsedByPeople {

    private static final String NEW = ".actions-of-week a[href*=nouvelle]";

    @Test
    void every_pop_in_of_the_agenda() {
        Page page = people.doctor(browser.get());
        for (String opens : List.of(
                NEW,
                ".actions-of-week a[href*=indisponibilites]",
                ".actions-of-week a[href*=informations]",
                ".block a.open",
                ".block a.bin")) {
            opened(page, opens, "", pop -> {});
        }
        barriers.areNone();
    }

    @Test
    void pop_ins_that_ask_and_that_refuse() {
        Page page = people.doctor(browser.get());
        opened(page, NEW, "refused", pop -> {
            saves(pop);
            pop.locator("dialog .fault:visible").first().waitFor();
        });
        opened(page, NEW, "overnight", pop -> {
            pop.locator("dialog #debut").fill("22:00");
            pop.locator("dialog #fin").fill("02:00");
            pop.locator("dialog [name=types]").first().check();
            saves(pop);
            pop.locator("dialog #overnight").waitFor();
        });
        opened(page, ".actions-of-week a[href*=informations]", "too long", pop -> {
            pop.locator("dialog #texte").fill("x".repeat(1_001));
            saves(pop);
            pop.locator("dialog .fault:visible").first().waitFor();
        });
        barriers.areNone();
    }

    @Test
    void a_pop_in_that_does_not_open_or_is_not_answered() {
        Page page = people.doctor(browser.get());
        opened(page, NEW, "unanswered", pop -> {
            pop.route("**/disponibilites/nouvelle*", Route::abort);
            saves(pop);
            pop.locator(".unanswered").first().waitFor();
            pop.unroute("**/disponibilites/nouvelle*");
        });
        page.route("**/disponibilites/nouvelle*", Route::abort);
        opened(page, NEW, "unopened", pop -> {});
        barriers.areNone();
    }

    private static void saves(Page page) {
        page.locator("dialog").getByText("ENREGISTRER").last().click();
    }

    private void opened(Page page, String opens, String what, Consumer<Page> then) {
        barriers.lookFor(page, "/pop-in/" + opens + " " + what, () -> {
            page.navigate(people.address("/espace/effecteurs/{practitioner}/agenda?jour={date}"));
            page.locator(opens).first().click();
            page.locator("dialog#pop-in[open] #form-title").waitFor();
            then.accept(page);
        });
    }
}
