package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import fr.sas.hub.testing.PeopleHubTest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a form answers to a mistake, to a change that came before, or when it is done has no more barriers than the form itself. */
@PeopleHubTest
class FormsAccessibilityTest extends BrowsedByPeople {

    private static final String SUBMIT = "main form:not([method=get]) button[type=submit]:visible";
    private static final String AGED = "name => document.querySelector(`input[name=${name}]`).value = '0'";
    private static final String UNCHECKED_BY_THE_BROWSER =
            "() => document.querySelectorAll('main form').forEach(form => form.noValidate = true)";
    private static final String DOCTOR = "/espace/effecteurs/{practitioner}";
    private static final String ENTRY = DOCTOR + "/agenda/disponibilites/{entry}/{date}";
    private static final String CENTRE = "/espace/structures/{facility}";

    @Test
    void a_practitioners_mistakes() {
        Page page = people.doctor(browser.get());
        refused(page, DOCTOR + "/parametres", form -> {
            form.locator("#through").selectOption("cpts");
            form.locator("[name=software][value=oui]").check();
        });
        refused(page, DOCTOR + "/agenda/disponibilites/nouvelle", form -> {});
        refused(page, DOCTOR + "/agenda/disponibilites/nouvelle", "with a day of twelve hours", form -> {
            form.locator("#date").fill(CheckedPeople.TOMORROW.toString());
            form.locator("#debut").fill("08:00");
            form.locator("#fin").fill("20:00");
            form.locator("[name=types]").first().check();
        });
        refused(page, ENTRY, form -> form.locator("#fin").fill(""));
        refused(
                page,
                DOCTOR + "/lieux/{place}/indisponibilites",
                form -> form.locator("#du0").fill("2036-01-01"));
        refused(
                page,
                DOCTOR + "/lieux/{place}/informations",
                form -> form.locator("#texte").fill("x".repeat(1_001)));
        refused(page, DOCTOR + "/delegataires/demande", form -> {});
        barriers.areNone();
    }

    @Test
    void a_practitioners_changes_that_somebody_elses_came_before() {
        Page page = people.doctor(browser.get());
        overtaken(
                page,
                DOCTOR + "/parametres",
                form -> form.locator("[name=hidden]").check());
        overtaken(page, ENTRY, form -> form.locator("#fin").fill("10:45"));
        overtaken(page, ENTRY + "/suppression", form -> {});
        overtaken(
                page,
                DOCTOR + "/lieux/{place}/informations",
                form -> form.locator("#texte").fill("Autre chose"));
        barriers.areNone();
    }

    @Test
    void what_a_practitioner_has_done() {
        Page page = people.doctor(browser.get());
        sent(page, DOCTOR + "/agenda/adresse", "made", "form:has([name=cle]) [type=submit]", ".address", form -> {});
        sent(page, DOCTOR + "/lieux/{place}/informations", "saved", SUBMIT, "#said", form -> {});
        barriers.lookFor(page, "/deleted", () -> {
            page.navigate(people.address(ENTRY.replace("{entry}", people.newEntry()) + "/suppression"));
            page.locator(SUBMIT).last().click();
            page.locator("#said .undo").waitFor();
        });
        barriers.areNone();
    }

    @Test
    void a_managers_mistakes() {
        Page page = people.manager(browser.get());
        refused(page, CENTRE + "/parametres", form -> form.locator("#number").fill("-3"));
        overtaken(page, CENTRE + "/parametres", form -> form.locator("#number").fill("3"));
        refused(page, CENTRE + "/delegataires/demande", form -> {});
        refused(page, CENTRE + "/agenda/disponibilites/nouvelle", form -> {});
        barriers.areNone();
    }

    @Test
    void an_account_managers_mistakes() {
        Page page = people.accountManager(browser.get());
        refused(page, "/espace/comptes/nouveau", form -> {});
        sent(
                page,
                "/espace/comptes/{account}",
                "with faults",
                "form:has(#family) [type=submit]",
                ".fault",
                form -> form.locator("#family").fill(""));
        refused(page, CENTRE + "/gestionnaires", form -> {});
        for (String search : List.of("/espace/comptes?recherche=", "/espace/structures?nom=")) {
            barriers.lookFor(page, search + " too long", () -> page.navigate(people.address(search) + "a".repeat(300)));
        }
        refused(
                page,
                "/espace/demandes",
                form -> form.locator("main details summary").last().click());
        barriers.areNone();
    }

    @Test
    void the_contact_form_sent_empty() {
        refused(browser.get().page("fr-FR", ColorScheme.LIGHT), "/aide/contact?sujet=incident", form -> {});
        barriers.areNone();
    }

    @Test
    void a_form_that_was_open_overnight() {
        Page page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        barriers.lookFor(page, "/late", () -> {
            page.navigate(people.address("/aide/contact?sujet=incident"));
            page.locator("#role").selectOption(new SelectOption().setIndex(1));
            page.locator("#family").fill("DURAND");
            page.locator("#given").fill("Alice");
            page.locator("#phone").fill("01 23 45 67 89");
            page.locator("#email").fill("alice.durand@exemple.fr");
            page.locator("#territory").selectOption("75");
            page.locator("#message").fill("La semaine ne s'affiche plus.\nDepuis ce matin.");
            page.context().clearCookies();
            page.locator("main form button[type=submit]").click();
            page.locator("#typed").waitFor();
            assertThat(page.textContent("main"))
                    .contains("Cette page est restée ouverte trop longtemps", "La semaine ne s'affiche plus.");
        });
        barriers.areNone();
        page.getByText("Rouvrir le formulaire").click();
        assertThat(page.url()).endsWith("/aide/contact?sujet=incident");
    }

    private void refused(Page page, String address, Consumer<Page> mistake) {
        refused(page, address, "with faults", mistake);
    }

    private void refused(Page page, String address, String what, Consumer<Page> mistake) {
        sent(page, address, what, SUBMIT, ".fault:visible", mistake);
    }

    /** As if its page had been open while somebody else changed the same thing. */
    private void overtaken(Page page, String address, Consumer<Page> change) {
        sent(page, address, "overtaken", SUBMIT, ".alert", form -> {
            form.evaluate(AGED, "version");
            change.accept(form);
        });
    }

    /** @param shown when the answer has arrived */
    private void sent(Page page, String address, String what, String submit, String shown, Consumer<Page> typed) {
        barriers.lookFor(page, address + " " + what, () -> {
            page.navigate(people.address(address));
            page.evaluate(UNCHECKED_BY_THE_BROWSER);
            typed.accept(page);
            page.locator(submit).last().click();
            page.locator(shown).first().waitFor();
        });
    }
}
