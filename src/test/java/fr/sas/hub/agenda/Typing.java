package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A practitioner who types in their agenda, request by request, and what search finds of it. */
final class Typing {

    static final String DIRECTORY = "the directory";
    static final String PLACE = "1750000001";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final PractitionerId practitioner;
    private final Clock clock;

    Typing(int port, PractitionerId practitioner, Clock clock) {
        this.port = port;
        this.practitioner = practitioner;
        this.clock = clock;
    }

    void works(String postalCode, String phone) throws Exception {
        HttpResponse<String> written = send("PUT", DIRECTORY, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "specialties": ["SM54"],
                 "places": [{"structures": ["1750000001", "375000000100015"], "line": "1 rue des Tilleuls",
                             "postalCode": "%s", "city": "VILLE", "phone": "%s"}]}""".formatted(postalCode, phone), Map.of());
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
    }

    /** An end that is an earlier hour than the start is said to be on the next day. */
    static String entry(String date, String start, String end) {
        return "{\"place\": \"%s\", \"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"endsNextDay\": %s, \"modes\": [\"AMB\"]}"
                .formatted(PLACE, date, start, end, end.compareTo(start) < 0);
    }

    HttpResponse<String> post(String json) throws Exception {
        return send("POST", "", json, Map.of());
    }

    int status(String method, String entry, String json, String ifMatch) {
        try {
            return send(method, entry, json, Map.of("If-Match", ifMatch)).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    String path(String entry) {
        String directory = "/api/v1/practitioners/" + practitioner;
        return entry.equals(DIRECTORY) ? directory : directory + "/agenda/entries" + entry;
    }

    HttpResponse<String> send(String method, String entry, @Nullable String json, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path(entry)))
                .header("Authorization", "Bearer test-portal")
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String id(HttpResponse<String> typed) throws Exception {
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        return body(typed).path("id").asText();
    }

    static JsonNode body(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    static List<String> faults(HttpResponse<String> refused) throws Exception {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return StreamSupport.stream(body(refused).path("errors").spliterator(), false)
                .map(fault -> fault.path("field").asText() + " "
                        + fault.path("message").asText())
                .toList();
    }

    List<String> listed(String query) throws Exception {
        return StreamSupport.stream(
                        body(send("GET", query, null, Map.of())).path("entries").spliterator(), false)
                .map(entry ->
                        entry.path("date").asText() + " " + entry.path("start").asText())
                .toList();
    }

    List<String> starts() throws Exception {
        JsonNode entries = search().path("entry");
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entries.get(i).path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText())
                .toList();
    }

    JsonNode search() throws Exception {
        Instant now = clock.instant();
        String query = "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + now
                + "&start=le" + now.plus(Duration.ofHours(72))
                + "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + practitioner
                + "&status=free";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + query))
                .header("Authorization", "Bearer test-search")
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
