package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.Visit;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Characters that nobody sees are refused beside the field, wherever people type a name or a text (decision 0074). */
@PeopleHubTest
class HiddenTextTest {

    private static final String REFUSED = "Ce texte contient un caractère invisible (U+202E)";
    private static final String HIDDEN = "Mar\u202Etin";

    @LocalServerPort
    int port;

    private People people;

    @BeforeEach
    void a_practitioner() {
        people = new People(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"family", "given", "town", "email"})
    void of_a_delegate(String field) {
        String typed =
                "{\"family\": \"MARTIN\", \"given\": \"Camille\", \"town\": \"Tours\", \"email\": \"camille@exemple.fr\"}"
                        .replaceAll("(\"" + field + "\": \"\\w\\w\\w)", "$1\u202E");
        HttpResponse<String> inTheApi = people.practitioner().post(people.of("/delegations"), typed);
        HttpResponse<String> inTheForm = alice().send(
                        "POST",
                        "/espace/effecteurs/" + people.alice + "/delegataires/demande",
                        "family=%s&given=%s&town=%s&email=%s"
                                .formatted(
                                        typed("MARTIN", field.equals("family")),
                                        typed("Camille", field.equals("given")),
                                        typed("Tours", field.equals("town")),
                                        typed("camille@exemple.fr", field.equals("email"))));

        assertThat(inTheApi.statusCode()).isEqualTo(422);
        assertThat(inTheApi.body()).contains("\"field\":\"" + field + "\"", "has an invisible character (U+202E)");
        assertThat(inTheForm.statusCode()).isEqualTo(422);
        assertThat(inTheForm.body()).contains(REFUSED);
    }

    @Test
    void of_what_to_know_about_a_place() {
        HttpResponse<String> inTheApi = people.practitioner()
                .put(people.of("/agenda/places/" + people.place + "/information"), "{\"text\": \"" + HIDDEN + "\"}");
        HttpResponse<String> inTheForm = alice().send(
                        "POST",
                        "/espace/effecteurs/" + people.alice + "/lieux/" + people.place + "/informations",
                        "version=0&texte=" + encoded(HIDDEN));

        assertThat(inTheApi.statusCode()).isEqualTo(422);
        assertThat(inTheApi.body()).contains("\"field\":\"text\"", "has an invisible character (U+202E)");
        assertThat(inTheForm.statusCode()).isEqualTo(422);
        assertThat(inTheForm.body()).contains(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"family", "given", "message"})
    void of_a_request_for_help(String field) {
        HttpResponse<String> answer = alice().send("POST", "/aide/contact", field + "=" + encoded(HIDDEN));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(REFUSED);
    }

    @Test
    void of_a_practitioner_and_of_a_facility_as_the_platform_names_them() {
        HubClient platform = people.platform();

        HttpResponse<String> practitioner = platform.put(people.of(""), """
                {"family": "%s", "given": ["Alice"], "profession": "10", "places": [{"postalCode": "75001", "city": "VILLE"}]}""".formatted(HIDDEN));
        HttpResponse<String> facility = platform.put(people.ofCentre(""), """
                {"name": "%s", "kind": "cds", "postalCode": "75001", "city": "VILLE"}""".formatted(HIDDEN));

        assertThat(practitioner.statusCode()).isEqualTo(422);
        assertThat(practitioner.body()).contains("\"field\":\"family\"", "has an invisible character (U+202E)");
        assertThat(facility.statusCode()).isEqualTo(422);
        assertThat(facility.body()).contains("\"field\":\"name\"", "has an invisible character (U+202E)");
    }

    private Visit alice() {
        return Visit.signedIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    private static String typed(String text, boolean hidden) {
        return encoded(hidden ? text.substring(0, 3) + "\u202E" + text.substring(3) : text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
