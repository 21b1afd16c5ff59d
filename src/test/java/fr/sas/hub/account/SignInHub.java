package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** People whom the directory knows or the platform names, at the provider where they sign in. */
@PeopleHubTest
abstract class SignInHub {

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    HubClient platform;

    @BeforeEach
    void the_directory_knows_a_physician_with_a_place_and_one_without() {
        platform = HubClient.at(port).as("test-portal");
        practitioner(
                "810000077701",
                "[{\"structures\": [\"1750000777\"], \"line\": \"1 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        practitioner("810000077702", "[]");
    }

    HttpResponse<String> signIn(PageReader person, String subject, Map<String, Object> claims) {
        SignInProvider.next(subject, claims);
        return person.signIn();
    }

    static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> more = new HashMap<>(claims);
        more.put(name, value);
        return more;
    }

    void practitioner(String id, String places) {
        assertThat(platform.put(
                                "/api/v1/practitioners/" + id,
                                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": "
                                        + places + "}")
                        .statusCode())
                .isIn(200, 201);
    }

    void name(String email) {
        platform.put("/api/v1/facilities/1750000888", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        platform.post(
                "/api/v1/facilities/1750000888/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Carole\"}");
    }
}
