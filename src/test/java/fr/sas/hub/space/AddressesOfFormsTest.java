package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.MappedAddress;
import fr.sas.hub.testing.Visit;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Addresses to which only forms are sent, opened as a page: by reloading an error, or from the browser's history. */
class AddressesOfFormsTest extends RightsMatrix {

    @Test
    void whoever_opens_the_address_of_a_form_is_led_to_the_page_where_it_is() {
        Map<Character, Visit> visits = everybody.visits();

        assertThat(onlyForForms("/espace"))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(open(Objects.requireNonNull(visits.get(whose(address))), address)
                                .statusCode())
                        .as(address)
                        .isEqualTo(200));
    }

    @Test
    void an_operator_who_opens_the_address_of_a_form_of_the_console_is_led_to_its_page() {
        Visit operator = Objects.requireNonNull(everybody.visits().get('O'));
        operator.send("GET", "/console", "");

        assertThat(onlyForForms("/ops")).isNotEmpty().allSatisfy(address -> {
            HttpResponse<String> answer = operator.send("GET", inTheConsole(address), "");
            assertThat(answer.statusCode()).as(address).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .as(address)
                    .contains("/ops");
        });
    }

    private static String inTheConsole(String address) {
        return Everybody.filled("GET " + address.replaceFirst("\\{number:[^}]+}", "1"), "", "");
    }

    private List<String> onlyForForms(String below) {
        List<MappedAddress> all = MappedAddress.all(mappings.values())
                .filter(address -> address.isBelow(below))
                .toList();
        List<String> pages = all.stream()
                .filter(address -> address.method().equals("GET"))
                .map(MappedAddress::path)
                .toList();
        return all.stream()
                .map(MappedAddress::path)
                .filter(path -> !pages.contains(path))
                .distinct()
                .toList();
    }

    private static char whose(String address) {
        return address.startsWith("/espace/comptes") || address.contains("/gestionnaires/")
                ? 'A'
                : address.contains("{facility}") ? 'M' : 'P';
    }

    private HttpResponse<String> open(Visit visit, String address) {
        String subject = address.contains("{facility}") ? people.centre : people.alice;
        HttpResponse<String> answer =
                everybody.send(visit, "GET " + address.replace("{account}", account()), subject, "");
        assertThat(answer.statusCode()).as(address).isEqualTo(302);
        String page = answer.headers().firstValue("Location").orElseThrow();
        return visit.send("GET", page.replaceFirst("^http://[^/]+", ""), "");
    }

    private String account() {
        return people.platform()
                .json("/api/v1/accounts?text=" + people.email("rene"))
                .at("/accounts/0/id")
                .asText();
    }

    @Test
    void there_is_no_page_where_one_signs_out_and_a_way_back_is_shown() {
        HttpResponse<String> answer = everybody.practitioner().send("GET", "/deconnexion", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Il n&#39;y a pas de page à cette adresse", "href=\"/espace\"");
    }
}
