package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vendor that delivers, as the hub sees it over HTTP, and what the platform's search finds afterwards. */
final class Deliverer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubClient hub;
    private final HubClient vendor;

    Deliverer(int port, String vendor) {
        this.hub = HubClient.at(port);
        this.vendor = hub.as("test-vendor-" + vendor);
    }

    /** Until the descriptor is in force and allows delivering. */
    Deliverer connected() {
        await().until(() -> get("/Slot/nobody").statusCode() == 404);
        return this;
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        var request = vendor.request("/fhir" + path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/fhir+json");
        if (headers.length > 0) {
            request.setHeader(headers[0], headers[1]);
        }
        for (int i = 2; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return vendor.send(request);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<String> put(JsonNode resource) {
        return send(
                "PUT",
                "/" + resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText(),
                resource.toString());
    }

    /** Each entry's status, such as {@code 201 Created}. */
    List<String> send(Transaction transaction) {
        HttpResponse<String> answer = send("POST", "", transaction.toJson());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> statuses = new ArrayList<>();
        json(answer)
                .path("entry")
                .forEach(entry -> statuses.add(entry.at("/response/status").asText()));
        return statuses;
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The starts of what is found of this practitioner from now on, in order. */
    List<Instant> found(String practitioner) {
        return found(practitioner, Instant.now());
    }

    List<Instant> found(String practitioner, Instant from) {
        List<Instant> starts = new ArrayList<>();
        search(practitioner, from).path("entry").forEach(entry -> {
            if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                starts.add(OffsetDateTime.parse(entry.at("/resource/start").asText())
                        .toInstant());
            }
        });
        starts.sort(null);
        return starts;
    }

    JsonNode search(String practitioner) {
        return search(practitioner, Instant.now());
    }

    JsonNode search(String practitioner, Instant from) {
        return hub.json(HubClient.slotsOf(from, practitioner));
    }
}
