package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The same declarations, in order, shuffled and repeated, or all at once: the same appointments and the same slots. */
@HubTest
@Import(MovableClock.Wound.class)
class DeclaredHistoriesTest {

    private static final Source A = new Source("rdv-a");
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Instant TEN = EIGHT.plus(Duration.ofHours(2));
    private static final List<String> STATUSES = List.of("booked", "booked", "cancelled", "fulfilled", "noshow");

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    private HubClient vendor;

    @BeforeEach
    void a_vendor_that_nobody_asks() {
        clock.moveTo(EIGHT);
        Descriptor.of(A.name()).dropInto(connectors);
        await().until(() -> vendors.find(A).isPresent());
        vendor = HubClient.at(port).as("test-vendor-rdv-a");
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of(A.name()).removeFrom(connectors);
        await().until(() -> vendors.find(A).isEmpty());
    }

    /** What is said of one of three appointments; {@code quarter} is when it begins. */
    private record Word(int appointment, String status, int quarter, Instant at) {

        AnAppointment of(PractitionerId practitioner) {
            Instant start = TEN.plus(Duration.ofMinutes(15L * quarter));
            return AnAppointment.with(practitioner.value(), start)
                    .identified(practitioner + "-" + appointment)
                    .status(status)
                    .lastUpdated(at);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void any_order_ends_in_the_same_state(int seed) {
        Random dice = new Random(seed);
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            words.add(new Word(
                    dice.nextInt(3),
                    STATUSES.get(dice.nextInt(STATUSES.size())),
                    dice.nextInt(4),
                    EIGHT.minusSeconds(1 + dice.nextInt(6))));
        }
        List<Word> shuffled = new ArrayList<>(words);
        words.stream().filter(again -> dice.nextBoolean()).forEach(shuffled::add);
        Collections.shuffle(shuffled, dice);

        String inOrder = after(Batches.practitioner(34_000 + seed), words, 1);
        String inAnyOrder = after(Batches.practitioner(34_100 + seed), shuffled, 1);
        String atOnce = after(Batches.practitioner(34_200 + seed), shuffled, 8);

        assertThat(inAnyOrder).as("shuffled: %s", shuffled).isEqualTo(inOrder);
        assertThat(atOnce).as("at once: %s", shuffled).isEqualTo(inOrder);
    }

    /** The appointments, and what is free once the vendor answered; the answer is from before it knew of them. */
    private String after(PractitionerId practitioner, List<Word> words, int atOnce) {
        say(practitioner, EIGHT.minusSeconds(60));
        Map<Integer, String> ids = declare(practitioner, words, atOnce);
        say(practitioner, EIGHT.plusSeconds(1));
        Map<String, String> appointments = new TreeMap<>();
        words.stream().map(Word::appointment).distinct().forEach(number -> {
            JsonNode one = vendor.json("/fhir/Appointment/" + ids.get(number));
            appointments.put(
                    one.at("/identifier/0/value").asText().substring(13),
                    one.path("status").asText() + " " + one.path("start").asText());
        });
        return appointments + " free " + free(practitioner);
    }

    /** @return the ids of the appointments; a word that comes too late is told so */
    private Map<Integer, String> declare(PractitionerId practitioner, List<Word> words, int atOnce) {
        Map<Integer, String> ids = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<CompletableFuture<HttpResponse<String>>> answers = words.stream()
                    .map(word -> CompletableFuture.supplyAsync(
                            () -> {
                                AnAppointment appointment = word.of(practitioner);
                                HttpResponse<String> answer = vendor.put(appointment.address(), appointment.toString());
                                if (answer.statusCode() != 409) {
                                    ids.put(
                                            word.appointment,
                                            BookedWithTwoVendors.json(answer)
                                                    .path("id")
                                                    .asText());
                                }
                                return answer;
                            },
                            threads))
                    .toList();
            answers.forEach(answer -> assertThat(answer.join().statusCode())
                    .as(answer.join().body())
                    .isIn(200, 201, 409));
        }
        return ids;
    }

    private void say(PractitionerId practitioner, Instant fetchedAt) {
        index.replace(new ScreenedBatch(Batches.batch(A, fetchedAt, List.of(practitioner), TEN, 4), Map.of()));
    }

    private List<String> free(PractitionerId practitioner) {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(EIGHT, practitioner.value()));
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText().substring(11, 16))
                .toList();
    }
}
