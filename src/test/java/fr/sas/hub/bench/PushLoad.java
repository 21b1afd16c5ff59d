package fr.sas.hub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.Transaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The same slots delivered by two vendors over HTTP, in transactions of 25 practitioners: first, again, and all changed. Two other vendors do the same
 * twice before, so that what is measured meets compiled code.
 */
final class PushLoad {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PER_TRANSACTION = 25;
    /** Of each of two vendors, each time. */
    private static final int WARMING_UP = 500;

    private static final int WARM_UPS = 2;

    private final Path connectors;
    private final Generator generator;
    private final Vendors measured;
    private final Vendors warming;

    /** @param each practitioners of each, one vendor's after the other's from number {@code from} on */
    private record Vendors(List<String> names, int from, int each) {

        int first(int vendor) {
            return from + vendor * each;
        }
    }

    /** @param from the number of the first practitioner, whom nobody else delivers; @param each of each vendor */
    PushLoad(Path connectors, Generator generator, int from, int each) {
        this.connectors = connectors;
        this.measured = new Vendors(List.of("bench-push-1", "bench-push-2"), from, each);
        this.warming = new Vendors(
                List.of("bench-push-warm-1", "bench-push-warm-2"),
                measured.first(2),
                WARM_UPS * Math.min(WARMING_UP, each));
        this.generator = new Generator(warming.first(2), generator.slots(), generator.first());
    }

    void run() throws Exception {
        connect(warming);
        connect(measured);
        Thread.sleep(Duration.ofSeconds(5));
        int some = warming.each() / WARM_UPS;
        for (int start = 0; start < warming.each(); start += some) {
            send("warming up, pushed first", warming, 0, start, some);
            send("warming up, pushed unchanged", warming, 0, start, some);
            send("warming up, pushed changed", warming, 1, start, some);
        }
        send("pushed first", measured, 0, 0, measured.each());
        send("pushed again unchanged", measured, 0, 0, measured.each());
        send("pushed again, every slot changed", measured, 1, 0, measured.each());
        warming.names().forEach(vendor -> Descriptor.of(vendor).removeFrom(connectors));
        measured.names().forEach(vendor -> Descriptor.of(vendor).removeFrom(connectors));
        Thread.sleep(Duration.ofSeconds(5));
    }

    private void connect(Vendors vendors) {
        for (int v = 0; v < vendors.names().size(); v++) {
            int first = vendors.first(v);
            Descriptor.of(vendors.names().get(v))
                    .mode("push")
                    .roster(IntStream.range(first, first + vendors.each())
                            .mapToObj(Generator::nationalId)
                            .toArray(String[]::new))
                    .dropInto(connectors);
        }
    }

    /** @param start and {@code practitioners}: which of each vendor's */
    private void send(String what, Vendors vendors, int shift, int start, int practitioners) throws Exception {
        List<String> names = vendors.names();
        List<List<String>> ready = new ArrayList<>();
        for (int v = 0; v < names.size(); v++) {
            List<String> transactions = new ArrayList<>();
            for (int first = start; first < start + practitioners; first += PER_TRANSACTION) {
                transactions.add(transaction(vendors.first(v) + first, names.get(v), shift));
            }
            ready.add(transactions);
        }
        long began = System.nanoTime();
        try (ExecutorService senders = Executors.newFixedThreadPool(names.size())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int v = 0; v < names.size(); v++) {
                String vendor = names.get(v);
                List<String> transactions = ready.get(v);
                sent.add(senders.submit(() -> post(vendor, transactions)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        int slots = names.size() * practitioners * generator.slots();
        System.out.printf("%s: %d slots, %.0f slots/s%n", what, slots, slots / seconds);
    }

    private String transaction(int first, String vendor, int shift) throws IOException {
        Transaction transaction = Transaction.aTransaction();
        int number = 0;
        for (JsonNode entry : JSON.readTree(generator.bundle(first, PER_TRANSACTION, vendor, shift))
                .path("entry")) {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            if (resource.path("resourceType").asText().equals("Slot")) {
                resource.put("id", "slot-" + first + "-" + number++);
            }
            transaction.put(resource);
        }
        return transaction.toJson();
    }

    private static int post(String vendor, List<String> transactions) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String transaction : transactions) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:8099/fhir"))
                            .header("Authorization", "Bearer " + vendor)
                            .header("Content-Type", "application/fhir+json")
                            .POST(HttpRequest.BodyPublishers.ofString(transaction))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
        return transactions.size();
    }
}
