package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bookings, deliveries and refusals of one practitioner meet, and nobody is in anybody's way for good. */
@HubTest
class BookedWhileDeliveringTest {

    private static final String GINA = "899970000071";
    private static final int ROUNDS = 40;

    private final Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private Deliverer vendor;

    @BeforeEach
    void a_vendor_that_delivers() {
        Descriptor.of("push-b").mode("push").roster(GINA).dropInto(connectors);
        vendor = new Deliverer(port, "push-b").connected();
        HubClient.at(port).knows(GINA);
        vendor.send(aTransaction().putting(offer(first)));
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private static fr.sas.hub.testing.VendorBundle offer(Instant start) {
        return aBundle()
                .with(aPractitioner(GINA, "BLANC", "Gina")
                        .at(aPlace("1750000071").address("71 rue des Tilleuls", "75011", "PARIS"))
                        .slot(aVendorSlot().id("s1").from(start)));
    }

    private HttpResponse<String> frees(int round) {
        return vendor.put(offer(first.plusSeconds(60L * (round % 2))).toNode().at("/entry/0/resource"));
    }

    private HttpResponse<String> books(int round) {
        AnAppointment appointment = AnAppointment.with(GINA, first.plusSeconds(60L * (round % 2)));
        HttpResponse<String> booked = vendor.send("POST", "/Appointment", appointment.toString());
        return booked.statusCode() == 201
                ? vendor.send(
                        "PUT",
                        appointment.address().substring("/fhir".length()),
                        appointment.status("cancelled").toString())
                : booked;
    }

    private HttpResponse<String> refuses(int round) {
        return HubClient.at(port)
                .as("test-portal")
                .put(
                        "/api/v1/practitioners/" + GINA + "/settings",
                        "{\"vendorSlotsHidden\": " + (round % 2 == 0) + ", \"vendors\": [\"push-b\"]}");
    }

    @Test
    void cancellations_deliveries_and_refusals_of_one_practitioner_never_fail_each_other() throws Exception {
        List<Callable<List<Integer>>> everybody = List.of(
                () -> statuses(this::frees),
                () -> statuses(this::books),
                () -> statuses(this::books),
                () -> statuses(this::refuses));

        try (ExecutorService threads = Executors.newFixedThreadPool(everybody.size())) {
            for (Future<List<Integer>> one : threads.invokeAll(everybody)) {
                assertThat(one.get()).containsOnly(200);
            }
        }
    }

    private interface Step {
        HttpResponse<String> at(int round);
    }

    private static List<Integer> statuses(Step step) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(step::at)
                .map(HttpResponse::statusCode)
                .toList();
    }
}
