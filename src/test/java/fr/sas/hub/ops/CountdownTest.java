package fr.sas.hub.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** When a vendor that is left alone is asked again, on a clock that moves only when it is told to. */
@HubTest
@Import(MovableClock.Wound.class)
class CountdownTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final StubbedVendor vendor = new StubbedVendor(
            "compte-" + NUMBER.incrementAndGet(), Batches.newPractitioner().value());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    Overview overview;

    private HubClient ops;

    @BeforeEach
    void it_is_eight_in_the_evening() {
        clock.moveTo(Instant.parse("2026-06-12T18:00:00Z"));
        ops = HubClient.at(port).as("test-ops");
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get(address()).statusCode() == 404);
        vendor.close();
    }

    @Test
    void a_vendor_that_asks_for_patience_is_counted_down_to_the_second_and_then_asked_again() {
        vendor.answers(status(503).withHeader("Retry-After", "90"));
        vendor.joins(connectors);
        await().until(() -> isLeftAlone());

        assertThat(secondsShown()).isEqualTo(90);
        clock.moveTo(clock.instant().plusSeconds(61));
        assertThat(secondsShown()).isEqualTo(29);
        assertThat(vendor.questions()).isEqualTo(1);

        vendor.offers();
        clock.moveTo(clock.instant().plusSeconds(30));
        await().until(() -> state().path("state").asText().equals("ANSWERING"));
        assertThat(secondsShown()).isZero();
    }

    @Test
    void an_open_circuit_is_counted_down_to_the_question_that_may_close_it() {
        vendor.answers(serverError());
        vendor.joins(connectors);
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            if (vendor.questions() < 5) {
                clock.moveTo(clock.instant().plusSeconds(5));
            }
            return vendor.questions() == 5 && isLeftAlone();
        });
        assertThat(secondsShown()).as("as long as the circuit is open").isEqualTo(30);
        int asked = vendor.questions();

        clock.moveTo(clock.instant().plusSeconds(25));
        assertThat(secondsShown()).isEqualTo(5);
        assertThat(vendor.questions()).isEqualTo(asked);

        vendor.offers();
        clock.moveTo(clock.instant().plusSeconds(7));
        await().until(() -> state().path("state").asText().equals("ANSWERING"));
    }

    private boolean isLeftAlone() {
        return ops.get(address()).body().contains("\"LEFT_ALONE\"");
    }

    private long secondsShown() {
        return overview.rows().stream()
                .filter(row -> row.state().vendor().equals(vendor.id))
                .findFirst()
                .orElseThrow()
                .secondsToNextAttempt();
    }

    private JsonNode state() {
        return ops.json(address());
    }

    private String address() {
        return "/api/v1/connectors/" + vendor.id;
    }
}
