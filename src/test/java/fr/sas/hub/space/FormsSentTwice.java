package fr.sas.hub.space;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** A practitioner, their account manager, and forms that are sent twice: by a double click, or by going back and sending again (docs/decisions/0073). */
abstract class FormsSentTwice extends PeopleHub {

    final LocalDate day = LocalDate.now(Walker.PARIS).plusDays(8);

    People people;
    PageReader alice;
    String space;

    @BeforeEach
    void alice_works_in_paris() {
        people = new People(port);
        alice = practitioner(people.alice, people.email("alice"));
        space = "/espace/effecteurs/" + people.alice;
    }

    /** Somebody who decides on delegations, and administers accounts and centres. */
    PageReader accountManager() {
        return signIn(people.email("comptes"), "Sacha", "BLANC");
    }

    /** The address of the form that takes a step. @param step the end of that address */
    static String action(HttpResponse<String> page, String step) {
        return page.body().replaceAll("(?s).*?action=\"([^\"]+" + step + ")\".*", "$1");
    }

    /** What a page says of the form that led to it. */
    static String said(HttpResponse<String> page) {
        return page.body().replaceAll("(?s).*<p class=\"notice done\"[^>]*>([^<]*)<.*", "$1");
    }

    /** What each of those who send at the same time is shown. */
    static List<HttpResponse<String>> together(
            List<PageReader> readers, Function<PageReader, HttpResponse<String>> sending) {
        return readers.stream().map(reader -> Beside.supply(() -> sending.apply(reader))).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** With what the page itself fills in. */
    static String[] filledIn(HttpResponse<String> page, String... fields) {
        Stream<String> hidden = Pattern.compile(
                        "<input type=\"hidden\" name=\"(cle|version|lieu|attendus|attendusEnSuite|dernier|depuis)\" value=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .flatMap((MatchResult field) -> Stream.of(field.group(1), field.group(2)));
        return Stream.concat(hidden, Arrays.stream(fields)).toArray(String[]::new);
    }

    static String[] with(String[] fields, String... more) {
        return Stream.concat(Arrays.stream(fields), Arrays.stream(more)).toArray(String[]::new);
    }
}
