package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is wrong is said in French to who asks for French, in English to everybody else. */
@HubTest
class LanguagesTest {

    private static final String SETTINGS = "/api/v1/practitioners/899900000055/settings";
    private static final String PARTICIPATES_THROUGH_NOTHING =
            "{\"participates\": true, \"usesBookingSoftware\": true}";

    @LocalServerPort
    int port;

    @ParameterizedTest(name = "Accept-Language: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-FR,fr;q=0.9,en;q=0.8 | Saisie non valable | Des champs ne respectent pas une règle | est nécessaire à qui participe : practice, cpts, msp ou sos",
                "fr | Saisie non valable | Des champs ne respectent pas une règle | est nécessaire à qui participe : practice, cpts, msp ou sos",
                "en-GB | Unprocessable Entity | Some fields break a rule | is needed by who participates: practice, cpts, msp or sos",
                "de, fr;q=0.5 | Saisie non valable | Des champs ne respectent pas une règle | est nécessaire à qui participe : practice, cpts, msp ou sos",
                "it | Unprocessable Entity | Some fields break a rule | is needed by who participates: practice, cpts, msp or sos",
            })
    void every_faulty_field_is_told_in_the_language_that_was_asked_for(
            String languages, String title, String detail, String rule) throws IOException {
        HttpResponse<String> refused = client().send(client().request(SETTINGS)
                .header("Content-Type", "application/json")
                .header("Accept-Language", languages)
                .PUT(BodyPublishers.ofString(PARTICIPATES_THROUGH_NOTHING)));

        JsonNode problem = new ObjectMapper().readTree(refused.body());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
        assertThat(problem.path("errors").findValuesAsText("field")).contains("participatesThrough", "vendors");
        assertThat(problem.path("errors").findValuesAsText("message")).contains(rule);
    }

    @Test
    void a_field_nobody_knows_is_told_in_french_too() {
        assertThat(inFrench(SETTINGS, "PUT", "{\"participe\": true}"))
                .contains("\"field\":\"participe\"")
                .contains("Il n'y a pas de champ nommé participe");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/practitioners/abc/settings | Il n'y a pas de praticien abc",
                "DELETE | " + SETTINGS + " | La méthode DELETE n'est pas permise ici",
                "GET | /api/v1/connectors | Votre rôle n'ouvre pas cette porte",
                "GET | /api/v1/practitioners/899900000055/hours?from=2026-06-31 | est un jour, par exemple 2026-06-12",
            })
    void other_refusals_are_told_in_french_too(String method, String path, String said) {
        assertThat(inFrench(path, method, "")).contains(said);
    }

    @Test
    void who_is_not_known_is_told_so_in_french() {
        HttpResponse<String> refused = HubClient.at(port)
                .as("nobody")
                .send(client().as("nobody").request(SETTINGS).header("Accept-Language", "fr"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("Authentification nécessaire").contains("jeton");
    }

    private String inFrench(String path, String method, String body) {
        return client().send(client().request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", "fr")
                        .method(method, BodyPublishers.ofString(body)))
                .body();
    }

    private HubClient client() {
        return HubClient.at(port).as("test-portal");
    }
}
