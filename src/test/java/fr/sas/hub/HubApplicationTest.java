package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

@HubTest
class HubApplicationTest {

    @Autowired
    TestRestTemplate http;

    @Test
    void the_hub_starts_and_says_that_it_is_up() {
        assertThat(http.getForObject("/actuator/health", String.class)).contains("\"status\":\"UP\"");
    }
}
