package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.MappedAddress;
import fr.sas.hub.testing.PeopleHubTest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * No page for people breaks WCAG 2.1, levels A and AA: the pages of each person, as {@link CheckedPages} lists them.
 * What a form answers to a mistake, and what opens above a page, have tests of their own.
 */
@PeopleHubTest
class AccessibilityTest extends BrowsedByPeople {

    @Autowired
    Map<String, RequestMappingHandlerMapping> mappings;

    @Test
    void every_page_of_the_space_is_looked_at_or_said_to_show_none() {
        assertThat(MappedAddress.all(mappings.values())
                        .filter(address -> address.method().equals("GET") && address.isBelow("/espace"))
                        .map(MappedAddress::path))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(listed()).anyMatch(one -> one.equals(page)));
    }

    /** By the names that the application gives to what is put in. */
    private static Stream<String> listed() {
        return Stream.of(
                        CheckedPages.OF_A_PRACTITIONER,
                        CheckedPages.OF_A_MANAGER,
                        CheckedPages.OF_A_DELEGATE,
                        CheckedPages.OF_AN_ACCOUNT_MANAGER,
                        CheckedPages.WITHOUT_A_PAGE)
                .flatMap(Collection::stream)
                .map(page -> page.replaceFirst("\\?.*", "").replace("lieux/{facility}", "lieux/{place}"));
    }

    @Test
    void pages_open_to_everybody() {
        haveNoBarriers("anybody", browser.get().page("fr-FR", ColorScheme.LIGHT), CheckedPages.OPEN);
    }

    @Test
    void pages_of_a_practitioner() {
        haveNoBarriers("practitioner", people.doctor(browser.get()), CheckedPages.OF_A_PRACTITIONER);
        haveNoBarriers(
                "practitioner of two places",
                people.doctorOfTwoPlaces(browser.get()),
                CheckedPeople.agendaOfTwoPlaces());
    }

    @Test
    void pages_of_a_regulator_who_runs_the_hub_too() {
        haveNoBarriers("operator", people.operator(browser.get()), List.of("/espace?de=ola"));
    }

    @Test
    void pages_of_managers_of_delegates_and_of_account_managers() {
        haveNoBarriers("manager", people.manager(browser.get()), CheckedPages.OF_A_MANAGER);
        haveNoBarriers("delegate", people.delegate(browser.get()), CheckedPages.OF_A_DELEGATE);
        haveNoBarriers("account manager", people.accountManager(browser.get()), CheckedPages.OF_AN_ACCOUNT_MANAGER);
    }

    /** The menu of their account too, if they have one. */
    private void haveNoBarriers(String who, Page page, List<String> pages) {
        pages.forEach(each -> barriers.lookFor(page, who + " " + each, () -> opens(page, each)));
        Locator menu = page.locator("details.account summary");
        if (menu.count() > 0) {
            barriers.lookFor(page, who + " /menu", () -> {
                opens(page, pages.getFirst());
                menu.click();
            });
        }
        barriers.areNone();
    }

    private void opens(Page page, String address) {
        int status = page.navigate(people.address(address)).status();
        assertThat(status).as(address).isEqualTo(address.endsWith("/nulle-part") ? 404 : 200);
    }
}
