package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.Visit;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people's pages answer to addresses, forms and headers that none of their links and forms sends. */
@PeopleHubTest
class OddVisitsTest {

    @LocalServerPort
    int port;

    private People people;

    @BeforeEach
    void a_practitioner() {
        people = new People(port);
    }

    @Test
    void a_long_address_keeps_its_length_when_the_language_is_chosen() {
        String rest = "/aide?x=" + "a".repeat(7_900);

        HttpResponse<String> answer = Visit.ofNobody(port).send("GET", rest + "&langue=en", "");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue(rest);
    }

    @Test
    void a_week_to_come_back_to_that_is_no_place_of_theirs_is_the_week_of_all_places() {
        HttpResponse<String> saved = alice().send(
                        "POST",
                        agenda() + "/disponibilites/nouvelle",
                        "lieu=" + people.place + "&date="
                                + LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(9)
                                + "&debut=09:00&fin=09:15&choix=slot&types=AMB&vue=" + "v".repeat(9_000));

        assertThat(saved.statusCode()).as(saved.body()).isBetween(302, 303);
        assertThat(saved.headers().firstValue("Location").orElseThrow())
                .startsWith(agenda() + "?semaine=")
                .doesNotContain("lieu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01", "10000-01-01"})
    void a_day_that_no_calendar_shows_is_a_fault_of_its_field_and_an_address_that_is_not_there(String day) {
        Visit alice = alice();

        assertThat(alice.send(
                                "POST",
                                agenda() + "/disponibilites/nouvelle",
                                "debut=09:00&date=" + day.replace("+", "%2B"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(alice.send("GET", agenda() + "/disponibilites/0197a3f4-1c2b-7def-8a90-123456789abc/" + day, "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_page_of_errors_has_no_address_of_its_own() {
        assertThat(alice().send("GET", "/error", "").statusCode()).isEqualTo(404);
        HttpResponse<String> nothing = Visit.ofNobody(port).send("GET", "/error", "");
        assertThat(nothing.statusCode()).isEqualTo(404);
        HttpResponse<String> page = Visit.ofNobody(port).send("GET", "/aide/nope", "");
        assertThat(page.statusCode()).isEqualTo(404);
        for (String header : List.of("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options")) {
            assertThat(nothing.headers().firstValue(header))
                    .as(header)
                    .isNotEmpty()
                    .isEqualTo(page.headers().firstValue(header));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/espace;x=1",
                "/espace/inconnu;x=1",
                "/inconnu",
                "/espaces",
                "/Espace",
                "/espace/inconnu",
                "//espace"
            })
    void an_address_that_is_none_is_a_page_in_french_or_the_way_to_sign_in_and_never_for_programs(String address) {
        HttpResponse<String> answer = Visit.ofNobody(port).send("GET", address, "");

        assertThat(answer.headers().firstValue("Content-Type").orElse("none")).doesNotContain("json");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isNotEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        if (answer.statusCode() == 302) {
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/connexion");
        } else {
            assertThat(answer.statusCode()).isBetween(400, 404);
            assertThat(answer.body()).contains("<html lang=\"fr\"", "href=\"/connexion\"");
        }
    }

    @Test
    void a_language_that_cannot_be_read_is_as_if_none_were_asked_for() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(
                            "GET /aide HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: \u0080\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 200").contains("lang=\"fr\"");
        }
    }

    @Test
    void whoever_signed_out_in_one_window_is_led_to_the_same_page_by_signing_out_in_another() {
        PageReader first =
                SignInProvider.signIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        first.open("/espace/compte");
        Visit second = Visit.of(port, first);
        first.submit("/deconnexion");

        HttpResponse<String> again = second.send("POST", "/deconnexion", "");

        assertThat(again.statusCode()).isEqualTo(302);
        assertThat(again.headers().firstValue("Location")).hasValue("/connexion");
    }

    @Test
    void nobody_who_is_signed_in_is_signed_out_without_the_token_of_a_page() {
        Visit forged = alice().withoutToken();

        assertThat(forged.send("POST", "/deconnexion", "").statusCode()).isEqualTo(403);
        assertThat(forged.send("GET", "/espace/compte", "").statusCode()).isEqualTo(200);
    }

    private Visit alice() {
        return Visit.signedIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    private String agenda() {
        return "/espace/effecteurs/" + people.alice + "/agenda";
    }
}
