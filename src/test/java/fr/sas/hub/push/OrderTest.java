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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Words of a vendor that arrive late, twice, in any order or all at once: the newest counts, whatever comes when. */
@HubTest
class OrderTest {

    private static final int SLOTS = 6;
    private static final int WORDS = 12;

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

    /** What the vendor says at one moment: some slots come or move, some go. */
    private Transaction word(String practitioner, int moment, Random dice, Map<Integer, Instant> after) {
        Transaction word = aTransaction().saidAt(yesterday.plusSeconds(moment));
        if (moment == 0 || dice.nextInt(3) == 0) {
            agenda(practitioner, word);
        }
        for (int number = 0; number < SLOTS; number++) {
            int what = dice.nextInt(4);
            if (what == 0) {
                word.delete("Slot/" + practitioner + "-" + number);
                after.remove(number);
            } else if (what < 3) {
                Instant start = first.plus(Duration.ofMinutes(60L * number + dice.nextInt(4) * 15L));
                word.put(slot(practitioner, number, start));
                after.put(number, start);
            }
        }
        return word;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void replays_shuffled_at_random_end_in_the_same_index(int seed) {
        Random dice = new Random(seed);
        Map<Integer, Instant> latest = new TreeMap<>();
        List<Transaction> words = new ArrayList<>();
        for (int moment = 0; moment < WORDS; moment++) {
            words.add(word(practitioner(seed), moment, dice, latest));
        }
        List<Transaction> arriving = new ArrayList<>(words);
        arriving.addAll(words.subList(0, WORDS / 2));
        Collections.shuffle(arriving, dice);

        arriving.forEach(vendor::send);

        assertThat(vendor.found(practitioner(seed)))
                .containsExactlyElementsOf(latest.values().stream().sorted().toList());
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

        assertThat(all(calls)).allMatch(status -> status == 200 || status == 201);
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
