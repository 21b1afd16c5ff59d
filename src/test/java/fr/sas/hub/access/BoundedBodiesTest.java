package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nobody sends more than a megabyte to the API, however they spell the address and whether or not they say how much. */
@HubTest
class BoundedBodiesTest {

    private static final String PRACTITIONER = "/practitioners/899900000071";
    /** And good. */
    private static final byte[] TOO_LONG = (" ".repeat(1 << 20) + """
            {"family": "DURAND", "given": ["Alice"], "places": []}""").getBytes(StandardCharsets.UTF_8);

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/%61pi/v1", "/api/%76%31"})
    void what_goes_on_beyond_a_megabyte_is_cut_off(String base) {
        assertThat(sent(base, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LONG)))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/%61pi/v1"})
    void what_says_that_it_is_longer_is_not_read(String base) {
        assertThat(sent(base, BodyPublishers.ofByteArray(TOO_LONG)).statusCode())
                .isEqualTo(413);
    }

    private HttpResponse<String> sent(String base, BodyPublisher body) {
        HubClient portal = HubClient.at(port).as("test-portal");
        return portal.send(portal.request(base + PRACTITIONER)
                .header("Content-Type", "application/json")
                .PUT(body));
    }
}
