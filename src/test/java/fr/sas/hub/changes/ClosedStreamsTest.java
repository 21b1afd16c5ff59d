package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.access.Refusals;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.ServerWarnings;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A consumer that goes away in the middle of a stream is nothing to warn of. */
@HubTest
@Isolated("reads the log")
class ClosedStreamsTest {

    private static final int OFTEN = 5;

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    MeterRegistry meters;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private int said;

    @Test
    void whoever_closes_a_stream_is_forgotten_in_silence() throws IOException {
        LiveVendors.areIn(connectors, vendors);
        try (ServerWarnings warnings = new ServerWarnings(Refusals.class)) {
            for (int i = 0; i < OFTEN; i++) {
                followAndGoAway();
                await().until(() -> {
                    somethingChanges();
                    return waiting() == 0;
                });
            }

            assertThat(warnings.messages()).isEmpty();
        }
    }

    private void followAndGoAway() throws IOException {
        String present = FollowingConsumer.fromWhereTheHubSays(HubClient.at(port)).position();
        try (Socket consumer = new Socket("localhost", port)) {
            consumer.getOutputStream().write("""
                    GET /fhir/Slot/$changes?since=%s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer test-search\r
                    Accept: text/event-stream\r
                    \r
                    """.formatted(present).getBytes(StandardCharsets.US_ASCII));
            BufferedReader stream =
                    new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8));
            assertThat(stream.readLine()).contains("200");
            Thread.ofVirtual()
                    .start(() ->
                            readToTheEnd(stream)); // of what other tests left, before there is anything to wait for
            await().until(() -> waiting() == 1);
            consumer.setSoLinger(true, 0); // without a word of farewell
        }
    }

    private static void readToTheEnd(BufferedReader stream) {
        try {
            stream.lines().forEach(line -> {});
        } catch (UncheckedIOException closed) {
            // as it is to be
        }
    }

    private void somethingChanges() {
        said++;
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(said), alice)
                .slot(now.plus(said, ChronoUnit.HOURS))
                .batch());
    }

    private double waiting() {
        return meters.get("hub.changes.waiting").gauge().value();
    }
}
