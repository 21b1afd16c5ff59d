package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is booked at one node is gone at the other, and both together book no more than there is. */
@HubTest
class BookingsOnTwoNodesTest {

    private static final Source VENDOR = new Source("rdv-a");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static @Nullable Node secondNode;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    private HubClient here;
    private HubClient there;

    @BeforeEach
    void another_node_on_the_same_database() {
        Descriptor.of(VENDOR.name()).dropInto(connectors);
        if (secondNode == null) {
            secondNode = Node.on(database, connectors).start();
        }
        Node node = secondNode;
        await().until(() -> vendors.find(VENDOR).isPresent()
                && node.bean(Vendors.class).find(VENDOR).isPresent());
        here = HubClient.at(port);
        there = node.client();
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of(VENDOR.name()).removeFrom(connectors);
        await().until(() -> vendors.find(VENDOR).isEmpty());
    }

    @AfterAll
    static void one_node_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
    }

    @Test
    void a_slot_declared_booked_at_one_node_is_gone_at_both() {
        Instant start = now.plus(Duration.ofHours(2));
        index.replace(new ScreenedBatch(Batches.batch(VENDOR, now, List.of(alice), start, 2), Map.of()));
        soon().until(() -> slots(there) == 2 && slots(here) == 2);

        HttpResponse<String> answer = here.as("test-vendor-rdv-a")
                .post(
                        "/fhir/Appointment",
                        AnAppointment.with(alice.value(), start).toString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(slots(here)).isEqualTo(1);
        soon().until(() -> slots(there) == 1);
    }

    @Test
    void of_fifty_who_book_a_range_for_three_at_two_nodes_three_succeed() {
        assertThat(here.as("test-portal")
                        .put("/api/v1/practitioners/" + alice, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "specialties": ["SM54"], "places": [
                  {"structures": ["1750000001"], "line": "1 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"}]}""")
                        .statusCode())
                .isEqualTo(200);
        LocalDate tomorrow = LocalDate.ofInstant(now, PARIS).plusDays(1);
        assertThat(here.as("test-portal")
                        .post("/api/v1/practitioners/" + alice + "/agenda/entries", """
                {"place": "1750000001", "date": "%s", "start": "12:00", "end": "14:00", "patients": 3, "modes": ["AMB"]}""".formatted(tomorrow))
                        .statusCode())
                .isEqualTo(201);
        soon().until(() -> slots(there) == 1);
        Instant noon = tomorrow.atTime(12, 0).atZone(PARIS).toInstant();

        List<Integer> statuses;
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            statuses = IntStream.range(0, 50)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> (number % 2 == 0 ? here : there)
                                    .as("test-platform")
                                    .post(
                                            "/fhir/Appointment",
                                            AnAppointment.with(alice.value(), noon)
                                                    .toString())
                                    .statusCode(),
                            threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        assertThat(statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting())))
                .isEqualTo(Map.of(201, 3L, 409, 47L));
        soon().until(() -> slots(here) == 0 && slots(there) == 0);
    }

    private int slots(HubClient node) {
        return node.json(HubClient.slotsOf(now, alice.value())).path("total").asInt();
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
