package fr.sas.hub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.ProducerTemplate;

/** How long it takes until a search, sent again and again without pause, answers with what changed. */
final class UntilSeen {

    private static final int TIMES = 20;
    /** Not counted: what compiles the way, and has its statements planned. */
    private static final int WARM_UPS = 5;

    private static final int PER_DELIVERY = 25;
    /** Minutes by which nothing was moved before; all have two digits, so that no link begins with another. */
    private static final int FIRST_SHIFT = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProducerTemplate producer;
    private final Generator generator;
    private final HubClient search = HubClient.at(8099).as("bench-search");
    private final HubClient vendor = HubClient.at(8099).as("bench-1");

    UntilSeen(ProducerTemplate producer, Generator generator) {
        this.producer = producer;
        this.generator = generator;
    }

    void measure() throws Exception {
        List<Long> searchable = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < WARM_UPS + TIMES; i++) {
                searchable.add(microsUntilSearchable(i, sender));
            }
        }
        for (int i = 1; i <= WARM_UPS + TIMES; i++) {
            gone.add(microsUntilGone(generator.practitioners() - i));
        }
        searchable.subList(0, WARM_UPS).clear();
        gone.subList(0, WARM_UPS).clear();
        System.out.printf(
                "a changed delivery, %d times: searchable in %s ms after it arrived%n",
                TIMES, NodesBench.spread(searchable));
        System.out.printf(
                "a booking, %d times: gone from the next answer of this node in %s ms after it was sent%n",
                TIMES, NodesBench.spread(gone));
    }

    /** Of 25 practitioners whose slots all move; asked for is the first of them. */
    private long microsUntilSearchable(int time, ExecutorService sender) throws Exception {
        int first = time * PER_DELIVERY % generator.practitioners();
        int shift = FIRST_SHIFT + time;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Delivery delivery = BenchHub.delivery(generator, 1, first, now, shift);
        String query = HubClient.slotsOf(now, Generator.nationalId(first));
        String seen = "/rdv/" + first + "/0/" + shift;
        search.get(query);
        Deadline deadline = Deadline.in(PATIENCE, seen + " is found");
        long began = System.nanoTime();
        Future<?> sent = sender.submit(() -> producer.sendBody("direct:delivery-arrived", delivery));
        while (!search.get(query).body().contains(seen)) {
            deadline.check();
        }
        long micros = (System.nanoTime() - began) / 1_000;
        sent.get();
        return micros;
    }

    /** The vendor says that a slot of its own is taken. */
    private long microsUntilGone(int practitioner) {
        String id = Generator.nationalId(practitioner);
        String query = HubClient.slotsOf(Instant.now().truncatedTo(ChronoUnit.SECONDS), id);
        JsonNode before = search.json(query);
        String appointment = AnAppointment.with(id, firstStart(before)).toString();
        Deadline deadline = Deadline.in(PATIENCE, "a slot of " + id + " is gone");
        long began = System.nanoTime();
        HttpResponse<String> answer = vendor.post("/fhir/Appointment", appointment);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        while (search.json(query).path("total").asInt() == before.path("total").asInt()) {
            deadline.check();
        }
        return (System.nanoTime() - began) / 1_000;
    }

    private static Instant firstStart(JsonNode answer) {
        for (JsonNode entry : answer.path("entry")) {
            if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                return OffsetDateTime.parse(entry.at("/resource/start").asText())
                        .toInstant();
            }
        }
        throw new IllegalStateException("No slot to book in " + answer);
    }
}
