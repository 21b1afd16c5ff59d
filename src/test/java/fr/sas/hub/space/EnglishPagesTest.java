package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.PeopleHubTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Readers who ask for English read no French on any page, except in what is marked as French or as a name, what people typed, and
 * texts that exist in French only. French is what stands on the French page too, and what addresses a reader in French.
 */
@PeopleHubTest
class EnglishPagesTest extends BrowsedByPeople {

    private static final String TEXTS = """
            () => {
              const texts = [document.title];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (!node.parentElement.closest('script, #territory, body [lang=fr], [translate=no]')) texts.push(node.data);
              }
              document.querySelectorAll('template').forEach(template => texts.push(...template.content.textContent.split('\\n')));
              for (const name of ['aria-label', 'placeholder', 'alt', 'title', 'data-unsent', 'data-kind']) {
                document.body.querySelectorAll(`[${name}]`).forEach(one => one.closest('body [lang=fr]') || texts.push(one.getAttribute(name)));
              }
              return texts.map(text => text.replace(/\\s+/g, ' ').trim());
            }
            """;

    private static final Pattern TWO_WORDS = Pattern.compile("\\p{L}{2,}.*[ '’]\\p{L}{2,}");
    private static final Pattern TO_A_READER =
            Pattern.compile("(?iU)\\b(?:vous|votre|vos|enregistrer|cette|ne|pas|est|sont)\\b|\\?\\?");

    /** Proper names, and what the people of these pages typed. */
    private static final Pattern NAMES = Pattern.compile("\\d+ rue des Lilas 75011 PARIS"
            + "|Centre de santé des Lilas|Merci de me contacter .* RDV\\.|\\p{Lu}\\p{Ll}+ \\p{Lu}{2,}|\\(\\S+@exemple\\.fr\\)"
            + "|Ministère de la Santé et de la Prévention|Service d'Accès aux Soins|Pro Santé Connect");

    private final List<String> french = new ArrayList<>();
    private final List<String> inFrenchOnly = new ArrayList<>();

    @Test
    void pages_open_to_everybody() {
        areEnglish(browser.get().page("fr-FR", ColorScheme.LIGHT), CheckedPages.OPEN);

        assertThat(inFrenchOnly)
                .containsExactly("/conditions", "/mentions-legales", "/formation/guide-gestionnaire-de-structure");
    }

    @Test
    void pages_of_a_practitioner() {
        areEnglish(people.doctor(browser.get()), CheckedPages.OF_A_PRACTITIONER);
        areEnglish(people.doctorOfTwoPlaces(browser.get()), CheckedPeople.agendaOfTwoPlaces());
    }

    @Test
    void pages_of_a_manager() {
        areEnglish(people.manager(browser.get()), CheckedPages.OF_A_MANAGER);
    }

    @Test
    void pages_of_a_delegate() {
        areEnglish(people.delegate(browser.get()), CheckedPages.OF_A_DELEGATE);
    }

    @Test
    void pages_of_an_account_manager() {
        areEnglish(people.accountManager(browser.get()), CheckedPages.OF_AN_ACCOUNT_MANAGER);
    }

    private void areEnglish(Page page, List<String> pages) {
        List<Set<String>> inFrench =
                pages.stream().map(each -> texts(page, each, "fr")).toList();
        page.navigate(people.address("/cookies?langue=en"));
        for (int i = 0; i < pages.size(); i++) {
            String each = pages.get(i);
            Set<String> same = inFrench.get(i);
            texts(page, each, "en").stream()
                    .filter(text -> isFrench(NAMES.matcher(text).replaceAll(""), same.contains(text)))
                    .forEach(text -> french.add(each + ": " + text));
            if (page.locator("main article[lang=fr]").count() > 0) {
                inFrenchOnly.add(each);
            }
        }
        assertThat(french).isEmpty();
    }

    private static boolean isFrench(String withoutNames, boolean onFrenchPageToo) {
        return TO_A_READER.matcher(withoutNames).find()
                || onFrenchPageToo && TWO_WORDS.matcher(withoutNames).find();
    }

    private Set<String> texts(Page page, String address, String language) {
        page.navigate(people.address(address));
        assertThat(page.locator("html").getAttribute("lang")).as(address).isEqualTo(language);
        Set<String> texts = new HashSet<>();
        for (Object text : (List<?>) page.evaluate(TEXTS)) {
            texts.add(String.valueOf(text));
        }
        return texts;
    }
}
