package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Vendors with slow lines keep nobody else waiting. */
@HubTest
class SlowUploadsTest {

    private static final String HUGO = "899970000081";
    private static final List<String> SLOW = List.of("push-a", "push-c", "push-d", "push-random", "push-big");

    private final Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);
    private final List<Socket> lines = new ArrayList<>();

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private Deliverer vendor;

    @BeforeEach
    void vendors_that_deliver() {
        SLOW.forEach(name -> Descriptor.of(name).mode("push").roster(HUGO).dropInto(connectors));
        Descriptor.of("push-b").mode("push").roster(HUGO).dropInto(connectors);
        SLOW.forEach(name -> new Deliverer(port, name).connected());
        vendor = new Deliverer(port, "push-b").connected();
    }

    @AfterEach
    void they_leave() throws IOException {
        for (Socket line : lines) {
            line.close();
        }
        SLOW.forEach(name -> Descriptor.of(name).leaves(connectors, port));
        Descriptor.of("push-b").leaves(connectors, port);
    }

    /** Sends the beginning of a body, and the rest never. */
    private void beginsToSend(String name) throws IOException {
        Socket line = new Socket("localhost", port);
        lines.add(line);
        OutputStream out = line.getOutputStream();
        out.write(("POST /fhir HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer test-vendor-" + name
                        + "\r\nContent-Type: application/fhir+json\r\nContent-Length: 10000000\r\n\r\n{\"resourceType\":")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private boolean isBusy(String name) {
        return new Deliverer(port, name).send("DELETE", "/Slot/none", null).statusCode() == 429;
    }

    @Test
    void bodies_that_trickle_in_keep_no_other_vendor_waiting() throws Exception {
        for (String name : SLOW) {
            beginsToSend(name);
        }
        await().until(() -> SLOW.parallelStream().allMatch(this::isBusy));

        HttpResponse<String> answer = vendor.send(
                "POST",
                "",
                aTransaction()
                        .putting(aBundle()
                                .with(aPractitioner(HUGO, "ROUX", "Hugo")
                                        .at(aPlace("1750000081").address("81 rue des Tilleuls", "75012", "PARIS"))
                                        .slot(aVendorSlot().from(first))))
                        .toJson());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(vendor.found(HUGO)).containsExactly(first);
    }

    @Test
    void a_confirmation_is_short() {
        String longOne = "{\"resourceType\":\"Parameters\",\"id\":\"" + "x".repeat(1_100_000) + "\"}";

        assertThat(vendor.send("POST", "/$confirm", longOne).statusCode()).isEqualTo(413);
    }

    @Test
    void what_is_said_to_be_zipped_and_is_not_is_refused() {
        assertThat(vendor.send("POST", "", "{}", "Content-Encoding", "gzip").statusCode())
                .isEqualTo(400);
    }
}
