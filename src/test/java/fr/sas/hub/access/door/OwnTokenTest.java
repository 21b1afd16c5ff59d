package fr.sas.hub.access.door;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;

/** A node that warms up calls itself, and nobody else can use what it calls itself with. */
@HubTest
class OwnTokenTest {

    private static final String SLOTS =
            "/fhir/Slot?status=free&schedule.actor:Practitioner.identifier=899900000041&start=ge2026-01-01&start=le2026-01-02";

    @Autowired
    OwnToken own;

    @LocalServerPort
    int port;

    private String token = "";

    @AfterEach
    void withdraw() {
        own.withdraw(token);
    }

    @Test
    void a_node_may_search_at_its_own_address_until_it_withdraws_its_token() {
        token = own.issue();
        int during = status(token, SLOTS);
        own.withdraw(token);

        assertThat(during).isEqualTo(200);
        assertThat(status(token, SLOTS)).isEqualTo(401);
    }

    @Test
    void its_token_opens_nothing_that_a_search_client_may_not_open() {
        token = own.issue();

        assertThat(status(token, "/api/v1/practitioners/899900000041/settings")).isEqualTo(403);
        assertThat(status(token, "/api/v1/connectors")).isEqualTo(403);
        assertThat(status(token, "/actuator/prometheus")).isEqualTo(403);
    }

    @Test
    void a_new_token_takes_the_place_of_the_one_before() {
        String before = own.issue();
        token = own.issue();
        own.withdraw(before);

        assertThat(status(before, SLOTS)).isEqualTo(401);
        assertThat(status(token, SLOTS)).isEqualTo(200);
    }

    @Test
    void its_token_is_unknown_when_it_comes_from_another_address() {
        token = own.issue();
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Slot");
        request.setLocalAddr("192.0.2.1");
        request.setRemoteAddr("192.0.2.1");
        boolean fromHere = own.isSent(request, token);
        request.setRemoteAddr("192.0.2.2");

        assertThat(fromHere).isTrue();
        assertThat(own.isSent(request, token)).isFalse();
    }

    @Test
    void without_a_warm_up_there_is_no_such_token() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Slot");

        assertThat(own.isSent(request, "")).isFalse();
    }

    private int status(String bearer, String path) {
        return HubClient.at(port).as(bearer).get(path).statusCode();
    }
}
