package fr.sas.hub.access.door;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may open which door, and how much may be carried through it. */
@HubTest
class DoorsTest {

    private static final String SETTINGS = "/api/v1/practitioners/899900000041/settings";

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/developpeurs", "/fhir/metadata", "/actuator/health"})
    void four_doors_are_open(String path) {
        assertThat(nobody().get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "nobody, /api/v1/connectors, 401",
        "nobody, /fhir/Slot, 401",
        "nobody, /actuator/prometheus, 401",
        "nobody, /v3/api-docs, 401",
        "nobody, /anything, 401",
        "test-search, /api/v1/connectors, 403",
        "nobody, /calendar/guessed.ics, 404",
        "test-portal, /api/v1/agenda/hours.csv, 403",
        "test-search, /actuator/prometheus, 403",
        "test-search, " + SETTINGS + ", 403",
        "test-portal, /fhir/Slot, 403",
        "test-portal, " + SETTINGS + ", 200",
        "test-portal, /api/v1/connectors, 403",
        "test-portal, /api/v1/delegations, 200",
        "test-portal, /api/v1/managers, 200",
        "test-ops, /api/v1/delegations, 200",
        "test-search, /api/v1/delegations, 403",
        "test-search, /api/v1/practitioners/899900000041/history, 403",
        "test-vendor-agenda-soleil, /api/v1/managers, 403",
        "test-vendor-agenda-soleil, " + SETTINGS + ", 403",
        "test-vendor-agenda-soleil, /api/v1/connectors/rdv-lune/rejections, 403",
        "test-vendor-agenda-soleil, /api/v1/connectors/rdv-lune/scorecard, 403",
        "test-search, /api/v1/connectors/rdv-lune/scorecard, 403",
        "test-vendor-agenda-soleil, /api/v1/connectors/rdv-lune/check, 403",
        "test-ops, /api/v1/connectors, 200",
        "test-ops, /actuator/info, 200",
        "test-ops, /v3/api-docs, 200"
    })
    void every_other_door_asks_for_its_role(String token, String path, int status) {
        assertThat(HubClient.at(port).as(token).get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void the_open_health_says_how_it_is_and_keeps_its_details_for_ops() {
        assertThat(nobody().get("/actuator/health").body()).contains("\"db\"").doesNotContain("PostgreSQL 18");
        assertThat(HubClient.at(port).as("test-ops").get("/actuator/health").body())
                .contains("PostgreSQL 18");
    }

    @Test
    void a_body_of_more_than_a_megabyte_is_refused_whether_it_says_its_length_or_not() {
        byte[] long_ = ("{\"structure\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(put(BodyPublishers.ofByteArray(long_)).statusCode()).isEqualTo(413);
        assertThat(put(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long_)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void an_unforeseen_failure_shows_no_stack_trace() {
        HttpResponse<String> answer = put(BodyPublishers.ofString("{\"vendorSlotsHidden\": tru"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }

    private HttpResponse<String> put(BodyPublisher body) {
        HubClient portal = HubClient.at(port).as("test-portal");
        return portal.send(portal.request(SETTINGS)
                .header("Content-Type", "application/json")
                .PUT(body));
    }

    private HubClient nobody() {
        return HubClient.at(port).as("nobody");
    }
}
