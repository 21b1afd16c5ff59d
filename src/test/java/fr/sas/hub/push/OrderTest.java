package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

/** Words of a vendor that arrive all at once: all are heard, and the newest counts. */
@HubTest
class OrderTest {

    private final Instant first = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
    private final Instant yesterday = first.minus(Duration.ofDays(1));

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private Deliverer vendor;

    private static String practitioner(int number) {
        return "8999701%05d".formatted(number);
    }

    @BeforeEach
    void a_vendor_that_delivers() {
        Descriptor.of("push-random")
                .mode("push")
                .roster(IntStream.range(0, 40).mapToObj(OrderTest::practitioner).toArray(String[]::new))
                .dropInto(connectors);
        vendor = new Deliverer(port, "push-random").connected();
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-random").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private static void agenda(String practitioner, Transaction transaction) {
        transaction.putting(aBundle()
                .with(aPractitioner(practitioner, "NOM", "Dominique")
                        .at(aPlace("1750000024").address("4 rue des Tilleuls", "75004", "PARIS"))));
    }

    private static ObjectNode slot(String practitioner, int number, Instant start) {
        return (ObjectNode) aBundle()
                .with(aPractitioner(practitioner, "NOM", "Dominique")
                        .at(aPlace("1750000024").address("4 rue des Tilleuls", "75004", "PARIS"))
                        .slot(aVendorSlot().id(practitioner + "-" + number).from(start)))
                .toNode()
                .at("/entry/0/resource");
    }

    @Test
    void concurrent_words_about_one_practitioner_are_all_heard() throws Exception {
        String practitioner = practitioner(20);
        Transaction agenda = aTransaction();
        agenda(practitioner, agenda);
        vendor.send(agenda);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ObjectNode slot = slot(practitioner, i, first.plusSeconds(900L * i));
            calls.add(() -> vendor.put(slot).statusCode());
        }

        assertThat(all(calls)).containsOnly(201);
        assertThat(vendor.found(practitioner)).hasSize(24);
    }

    @Test
    void of_concurrent_words_about_one_slot_the_newest_counts() throws Exception {
        String practitioner = practitioner(21);
        Transaction agenda = aTransaction();
        agenda(practitioner, agenda);
        vendor.send(agenda);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ObjectNode slot = slot(practitioner, 0, first.plusSeconds(60L * i));
            ((ObjectNode) slot.get("meta"))
                    .put("lastUpdated", yesterday.plusSeconds(i).toString());
            calls.add(() -> vendor.put(slot).statusCode());
        }
        Collections.shuffle(calls, new Random(7));

        assertThat(all(calls)).contains(201).allMatch(status -> status == 200 || status == 201 || status == 409);
        assertThat(vendor.found(practitioner)).containsExactly(first.plusSeconds(60 * 19));
    }

    private static List<Integer> all(List<Callable<Integer>> calls) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> call : threads.invokeAll(calls)) {
                statuses.add(call.get());
            }
        }
        return statuses;
    }
}
