package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.FrenchSentence;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is wrong is said in English to those who ask for English, in French sentences to everybody else. */
@HubTest
class LanguagesTest {

    private static final String ALICE = "899900000055";
    private static final String OF_ALICE = "/api/v1/practitioners/" + ALICE;
    private static final String SETTINGS = OF_ALICE + "/settings";
    private static final String PARTICIPATES_THROUGH_NOTHING =
            "{\"participates\": true, \"vendors\": [\"no-such-vendor\"]}";

    @LocalServerPort
    int port;

    @ParameterizedTest(name = "Accept-Language: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-FR,fr;q=0.9,en;q=0.8 | Saisie non valable | Certains champs sont à corriger. | Indiquez si vous utilisez une solution de prise de rendez-vous.",
                "fr | Saisie non valable | Certains champs sont à corriger. | Indiquez si vous utilisez une solution de prise de rendez-vous.",
                "en-GB | Unprocessable Entity | Some fields break a rule | must be answered when the practitioner participates",
                "de, fr;q=0.5 | Saisie non valable | Certains champs sont à corriger. | Indiquez si vous utilisez une solution de prise de rendez-vous.",
                "de, en;q=0.5 | Unprocessable Entity | Some fields break a rule | must be answered when the practitioner participates",
                "it | Saisie non valable | Certains champs sont à corriger. | Indiquez si vous utilisez une solution de prise de rendez-vous.",
                "* | Saisie non valable | Certains champs sont à corriger. | Indiquez si vous utilisez une solution de prise de rendez-vous.",
            })
    void every_faulty_field_is_told_in_the_language_that_was_asked_for(
            String languages, String title, String detail, String rule) throws IOException {
        client().knows(ALICE);
        HttpResponse<String> refused = client().send(client().request(SETTINGS)
                .header("Content-Type", "application/json")
                .setHeader("Accept-Language", languages)
                .PUT(BodyPublishers.ofString(PARTICIPATES_THROUGH_NOTHING)));

        JsonNode problem = new ObjectMapper().readTree(refused.body());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
        assertThat(problem.path("errors").findValuesAsText("field"))
                .contains("participatesThrough", "usesBookingSoftware", "vendors");
        assertThat(problem.path("errors").findValuesAsText("message")).contains(rule);
    }

    /** What goes wrong for people in every room, and what programs get wrong on their behalf. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /settings | {'participe': true}",
                "PUT | /settings | {'participates': true, 'participatesThrough': 'friends', 'structure': '12', 'vendors': ['N O']}",
                "PUT | /settings | {'participates': true, 'participatesThrough': 'cds'}",
                "PUT | /settings | {'participates': true, 'participatesThrough': 'msp', 'structure': '1750009999', 'practiceLocations': ['x'], 'usesBookingSoftware': false, 'vendors': ['a']}",
                "PUT | /settings | {'participates': true, 'participatesThrough': 'practice', 'usesBookingSoftware': true}",
                "PUT | /settings | {'participates': 'perhaps'}",
                "PUT | /settings | {",
                "DELETE | /settings | {}",
                "POST | /agenda/entries | {}",
                "POST | /agenda/entries | {'place': 'x', 'date': '2026-02-30', 'start': '25:00', 'end': '9h', 'patients': 0, 'kind': 'party', 'modes': ['XX'], 'audiences': [], 'weekly': {'days': ['lundi']}}",
                "POST | /agenda/entries | {'place': '1750000001', 'date': '2062-06-12', 'start': '09:00', 'end': '08:00', 'kind': 'slot', 'patients': 2, 'modes': ['AMB']}",
                "POST | /agenda/entries | {'place': '1750000001', 'date': '1999-06-12', 'start': '09:00', 'end': '10:00', 'endsNextDay': true, 'modes': ['AMB']}",
                "GET | /agenda/entries/12 | ''",
                "GET | /agenda/entries?from=2026-06-12&to=2026-06-11 | ''",
                "GET | /agenda/occurrences?from=2026-06-12&to=2027-06-13 | ''",
                "GET | /agenda/occurrences | ''",
                "PUT | /agenda/places/1750000001/unavailability | {'periods': [{'from': '2026-06-20', 'to': '2026-06-19'}, null, {'from': '1800-01-01', 'to': '2999-01-01'}, {}]}",
                "PUT | /agenda/places/nowhere/information | {'text': 'x'}",
                "PUT | /agenda/places/1750000001/information | {'text': 'a\\u0001'}",
                "GET | /hours?from=2026-06-31 | ''",
                "GET | /appointments?from=2026-06-31&to=2026-06-30 | ''",
                "GET | /appointments?from=-5000-01-01&to=-5000-01-02 | ''",
                "GET | /appointments?from=%2B300000-01-01&to=%2B300000-12-31 | ''",
                "POST | /delegations | {'email': 'camille', 'family': '', 'given': 'a\\nb'}",
                "GET | /delegations/12 | ''",
                "PUT | /delegations/0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55/decision | {}",
                "PUT | /delegations/0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55/decision | {'accepted': true, 'reason': 'x'}",
                "GET | /history?kind=nothing | ''",
                "GET | /history?from=yesterday | ''",
                "GET | /history?cursor=12 | ''",
                "GET | /nothing | ''",
            })
    void whoever_asks_for_no_language_is_told_whole_french_sentences(String method, String path, String body)
            throws IOException {
        client().knows(ALICE);
        HttpResponse<String> refused = asking(method, OF_ALICE + path, body.replace('\'', '"'));

        assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 499);
        JsonNode problem = new ObjectMapper().readTree(refused.body());
        List<String> told = new ArrayList<>(problem.findValuesAsText("message"));
        told.add(problem.path("detail").asText());
        assertThat(told)
                .allSatisfy(sentence -> assertThat(FrenchSentence.faultsOf(sentence))
                        .as(sentence)
                        .isEmpty());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/practitioners/abc/settings | Ce professionnel n'existe pas.",
                "GET | /api/v1/facilities/abc | 1 suivi du FINESS",
                "GET | /api/v1/connectors | Votre rôle n'ouvre pas cette porte.",
                "GET | /api/v1/managers?email=x | Indiquez une adresse électronique, par exemple alice.durand@exemple.fr.",
                "GET | /api/v1/facilities?after=zzz | Cette suite de liste n'existe pas",
                "GET | /api/v1/delegations?state=x | demandées, acceptées, refusées ou révoquées.",
            })
    void refusals_without_a_document_too(String method, String path, String said) {
        assertThat(asking(method, path, "").body()).contains(said);
    }

    @Test
    void what_is_needed_and_missing_is_named_where_programs_look_for_it() {
        assertThat(asking("GET", OF_ALICE + "/agenda/occurrences?from=2026-06-12", "")
                        .body())
                .contains("\"field\":\"to\"");
        for (String path : List.of("/hours", "/appointments")) {
            assertThat(asking("GET", OF_ALICE + path, "").body())
                    .contains("\"field\":\"from\"", "Indiquez une date, par exemple 2026-06-12.");
        }
    }

    @Test
    void whoever_is_not_known_is_told_so_in_french() {
        HttpResponse<String> refused = HubClient.at(port)
                .as("nobody")
                .send(client().as("nobody").request(SETTINGS).setHeader("Accept-Language", "fr"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("Authentification nécessaire").contains("jeton");
    }

    private HttpResponse<String> asking(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer test-portal")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        return client().send(request);
    }

    private HubClient client() {
        return HubClient.at(port).as("test-portal");
    }
}
