package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Whoever tries tokens is counted, told of and slowed down; whoever has one is not. */
@HubTest
@Import(MovableClock.Wound.class)
@TestPropertySource(properties = "hub.access.free-guesses=5")
class GuessesTest {

    private static final String ASKED = "/api/v1/practitioners/899900000041/settings";

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    @Autowired
    MovableClock clock;

    @Test
    @CapturesOutput
    void many_unknown_tokens_are_refused_unseen_while_known_clients_go_on(CapturedOutput log) {
        HubClient hub = HubClient.at(port);
        assertThat(hub.as("test-portal").get(ASKED).statusCode()).isEqualTo(200);
        double before = guesses();

        for (int i = 0; i < 60; i++) {
            hub.as("guess-" + i).get(ASKED);
        }
        HttpResponse<String> refused = hub.as("guess-again").get("/fhir/Slot");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body()).contains("OperationOutcome", "throttled");
        assertThat(hub.as("test-portal").get(ASKED).statusCode())
                .as("known here")
                .isEqualTo(200);
        assertThat(hub.as("test-ops").get(ASKED).statusCode())
                .as("a right guess")
                .isEqualTo(429);
        assertThat(login("guess-login").statusCode()).isEqualTo(429);
        assertThat(login("test-ops").statusCode()).as("a right guess").isEqualTo(429);
        assertThat(guesses() - before).isEqualTo(64);
        clock.moveTo(clock.instant().plusSeconds(2));
        assertThat(hub.as("test-ops").get(ASKED).statusCode())
                .as("seconds later")
                .isEqualTo(200);
        assertThat(log.getAll()).contains("unknown tokens from 127.0.0.1").doesNotContain("guess-");
    }

    private double guesses() {
        return meters.find("hub.access.guesses").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private HttpResponse<String> login(String token) {
        HubClient nobody = HubClient.at(port).as("test-portal");
        return nobody.send(nobody.request("/ops/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token)));
    }
}
