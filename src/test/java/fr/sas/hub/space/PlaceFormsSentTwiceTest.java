package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a place, and the address of its calendar, sent twice. */
class PlaceFormsSentTwiceTest extends FormsSentTwice {

    private String away;
    private String information;

    @BeforeEach
    void her_place_is_the_only_one() {
        away = alice.open(space + "/agenda")
                .body()
                .replaceAll("(?s).*href=\"([^\"]+/indisponibilites)[^\"]*\".*", "$1");
        information = away.replace("indisponibilites", "informations");
    }

    @Test
    void an_unavailability_that_is_said_already_is_not_called_changed_by_somebody() {
        String[] form = filledIn(alice.open(away), "du", day.toString(), "au", day.toString());

        alice.submit(away, form);
        HttpResponse<String> second = alice.submit(away, form);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("L&#39;indisponibilité est enregistrée.");
    }

    @Test
    void two_periods_are_the_same_in_whatever_order_they_are_typed() {
        String[] two = filledIn(
                alice.open(away),
                "du",
                day.plusDays(9).toString(),
                "au",
                day.plusDays(9).toString(),
                "du",
                day.toString(),
                "au",
                day.toString());
        alice.submit(away, two);

        assertThat(alice.submit(away, two).body()).contains("L&#39;indisponibilité est enregistrée.");
    }

    @Test
    void additional_information_sent_twice_is_saved() {
        String[] text = filledIn(alice.open(information), "texte", "Appelez le secrétariat");

        alice.submit(information, text);

        assertThat(alice.submit(information, text).body())
                .contains("Les informations complémentaires sont enregistrées.");
    }

    @Test
    void a_calendar_address_that_replaces_another_says_so() {
        String address = space + "/agenda/adresse";

        HttpResponse<String> first = alice.submit(address, filledIn(alice.open(address)));
        HttpResponse<String> second = alice.submit(address, filledIn(first));

        assertThat(first.body()).doesNotContain("ne fonctionne plus");
        assertThat(second.body()).contains("L&#39;adresse précédente ne fonctionne plus");
        assertThat(alice.open(calendar(first)).statusCode()).isEqualTo(404);
    }

    @Test
    void a_calendar_address_is_made_once_and_shown_again_to_the_form_sent_again() {
        String address = space + "/agenda/adresse";
        String[] none = filledIn(alice.open(address));

        HttpResponse<String> first = alice.submit(address, none);
        HttpResponse<String> again = alice.submit(address, none);

        assertThat(calendar(again)).startsWith("/calendar/").isEqualTo(calendar(first));
        assertThat(again.body()).doesNotContain("venait d&#39;être créée");
        assertThat(alice.open(calendar(first)).statusCode()).isEqualTo(200);
        String[] one = filledIn(alice.open(address));
        HttpResponse<String> other = alice.submit(address, one);
        assertThat(calendar(alice.submit(address, one)))
                .as("in place of the first one")
                .isEqualTo(calendar(other))
                .isNotEqualTo(calendar(first));
        assertThat(alice.open(calendar(other)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_calendar_address_made_from_another_window_stays_in_service() {
        String address = space + "/agenda/adresse";
        String[] slower = filledIn(alice.open(address));
        HttpResponse<String> quicker = alice.submit(address, filledIn(alice.open(address)));

        assertThat(alice.submit(address, slower).body())
                .contains("Une adresse venait d&#39;être créée", "Une adresse est en service depuis le")
                .doesNotContain("/calendar/");
        assertThat(alice.open(calendar(quicker)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_calendar_address_that_was_revoked_is_not_brought_back_by_the_form_that_made_it() {
        String address = space + "/agenda/adresse";
        String[] form = filledIn(alice.open(address));
        String revoked = calendar(alice.submit(address, form));
        alice.submit(address + "/revocation");

        HttpResponse<String> another = alice.submit(address, form);

        assertThat(another.body()).doesNotContain("venait d&#39;être créée");
        assertThat(calendar(another)).startsWith("/calendar/").isNotEqualTo(revoked);
        assertThat(alice.open(revoked).statusCode()).isEqualTo(404);
    }

    private static String calendar(HttpResponse<String> page) {
        return page.body().replaceAll("(?s).*?(/calendar/[^<\"]+\\.ics).*", "$1");
    }
}
