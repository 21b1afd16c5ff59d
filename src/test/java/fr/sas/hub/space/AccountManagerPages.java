package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/** A practitioner, a centre, and the account manager of their territory, in pages without scripts. */
abstract class AccountManagerPages extends PeopleHub {

    People people;
    String camille;
    String sacha;

    @BeforeEach
    void alice_works_in_paris() {
        people = new People(port);
        camille = people.email("camille");
        sacha = people.email("comptes");
    }

    PageReader accountManager() {
        return signIn(sacha, "Sacha", "BLANC");
    }

    static String found(HttpResponse<String> page, String pattern) {
        return found(page.body(), pattern);
    }

    static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    static String text(HttpResponse<String> page) {
        return page.body().replace("&#39;", "'").replaceAll("<[^>]+>", "").replaceAll("[\\s\\h]+", " ");
    }
}
