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

/** The same slots delivered by two vendors over HTTP, in transactions of 25 practitioners: first, again, and all changed. */
final class PushLoad {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PER_TRANSACTION = 25;
    private static final int WARMING_UP = 200;
    private static final List<String> VENDORS = List.of("bench-push-1", "bench-push-2");

    private final Path connectors;
    private final Generator generator;
    private final int from;
    private final int each;

    /** @param from the number of the first practitioner, whom nobody else delivers; @param each of each vendor */
    PushLoad(Path connectors, Generator generator, int from, int each) {
        this.connectors = connectors;
        this.from = from;
        this.each = each;
        this.generator =
                new Generator(from + VENDORS.size() * (each + WARMING_UP), generator.slots(), generator.first());
    }

    void run() throws Exception {
        for (int v = 0; v < VENDORS.size(); v++) {
            int first = from + v * (each + WARMING_UP);
            Descriptor.of(VENDORS.get(v))
                    .mode("push")
                    .roster(IntStream.range(first, first + each + WARMING_UP)
                            .mapToObj(Generator::nationalId)
                            .toArray(String[]::new))
                    .dropInto(connectors);
        }
        Thread.sleep(Duration.ofSeconds(5));
        send("warming up", 0, each, WARMING_UP);
        send("pushed first", 0, 0, each);
        send("pushed again unchanged", 0, 0, each);
        send("pushed again, every slot changed", 1, 0, each);
        VENDORS.forEach(vendor -> Descriptor.of(vendor).removeFrom(connectors));
        Thread.sleep(Duration.ofSeconds(5));
    }

    private void send(String what, int shift, int start, int practitioners) throws Exception {
        List<List<String>> ready = new ArrayList<>();
        for (int v = 0; v < VENDORS.size(); v++) {
            List<String> transactions = new ArrayList<>();
            for (int first = 0; first < practitioners; first += PER_TRANSACTION) {
                transactions.add(transaction(from + v * (each + WARMING_UP) + start + first, VENDORS.get(v), shift));
            }
            ready.add(transactions);
        }
        long began = System.nanoTime();
        try (ExecutorService vendors = Executors.newFixedThreadPool(VENDORS.size())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int v = 0; v < VENDORS.size(); v++) {
                String vendor = VENDORS.get(v);
                List<String> transactions = ready.get(v);
                sent.add(vendors.submit(() -> post(vendor, transactions)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        int slots = VENDORS.size() * practitioners * generator.slots();
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
