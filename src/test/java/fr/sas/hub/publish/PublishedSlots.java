package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.HubClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reader of the publication, who keeps what it read: by {@code Type/id}. */
final class PublishedSlots {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubClient hub;
    private final Map<String, JsonNode> resources = new TreeMap<>();
    private String transactionTime = "";
    private String changesPosition = "";

    PublishedSlots(HubClient hub) {
        this.hub = hub;
    }

    static String pathOf(JsonNode file) {
        URI address = URI.create(file.path("url").asText());
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    JsonNode manifest() {
        return hub.json("/fhir/$bulk-publish");
    }

    /** Forgets what it has and reads everything. */
    PublishedSlots readAll() {
        resources.clear();
        JsonNode manifest = manifest();
        assertThat(manifest.path("request").asText()).doesNotContain("_since");
        read(manifest);
        return this;
    }

    /** Only what changed since it read last. */
    PublishedSlots readChanges() {
        JsonNode manifest = hub.json("/fhir/$bulk-publish?_since=" + transactionTime);
        assertThat(manifest.path("request").asText()).contains("_since");
        read(manifest);
        for (JsonNode deleted : manifest.path("deleted")) {
            for (JsonNode bundle : lines(pathOf(deleted))) {
                bundle.path("entry")
                        .forEach(entry ->
                                resources.remove(entry.at("/request/url").asText()));
            }
        }
        return this;
    }

    private void read(JsonNode manifest) {
        transactionTime = manifest.path("transactionTime").asText();
        changesPosition = manifest.at("/extension/changesPosition").asText();
        for (JsonNode file : manifest.path("output")) {
            List<JsonNode> lines = lines(pathOf(file));
            assertThat(lines).hasSize(file.path("count").asInt());
            lines.forEach(line -> {
                assertThat(line.path("resourceType")).isEqualTo(file.path("type"));
                resources.put(
                        line.path("resourceType").asText() + "/"
                                + line.path("id").asText(),
                        line);
            });
        }
    }

    List<JsonNode> lines(String path) {
        HttpResponse<String> file = hub.get(path);
        assertThat(file.statusCode()).as(path + file.body()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        file.body().lines().forEach(line -> lines.add(json(line)));
        return lines;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its transactionTime. */
    Instant asOf() {
        return Instant.parse(transactionTime);
    }

    /** Where changes go on after what it read; empty where nobody follows them. */
    String changesPosition() {
        return changesPosition;
    }

    Map<String, JsonNode> resources() {
        return new HashMap<>(resources);
    }

    List<JsonNode> ofType(String type) {
        return resources.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(type + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The ids of slots of one subject. */
    List<String> slotsOf(String subject) {
        return ofType("Slot").stream()
                .filter(slot -> slot.at("/schedule/reference").asText().startsWith("Schedule/" + subject + "-"))
                .map(slot -> slot.path("id").asText())
                .toList();
    }
}
