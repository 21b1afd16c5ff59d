package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One practitioner's agenda over HTTP, and what the platform's search finds of it. */
public final class Portal {

    static final String PLACE = "1750000001";
    static final String OTHER_PLACE = "1750000002";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubClient search;
    private final HubClient portal;
    private final PractitionerId practitioner;

    private Portal(int port, PractitionerId practitioner) {
        this.search = HubClient.at(port);
        this.portal = search.as("test-portal");
        this.practitioner = practitioner;
    }

    /** Of somebody who works at two places in the mainland. */
    static Portal of(int port, PractitionerId practitioner) {
        return of(port, practitioner, "75001");
    }

    /** @param postalCode of the first place: its zone follows from it */
    static Portal of(int port, PractitionerId practitioner, String postalCode) {
        Portal portal = new Portal(port, practitioner);
        HttpResponse<String> known =
                portal.portal.put("/api/v1/practitioners/" + practitioner, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "specialties": ["SM54"], "places": [
                  {"structures": ["1750000001"], "line": "1 rue des Tilleuls", "postalCode": "%s", "city": "VILLE",
                   "phone": "+33199001122"},
                  {"structures": ["1750000002"], "line": "2 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"}]}""".formatted(postalCode));
        assertThat(known.statusCode()).as(known.body()).isEqualTo(200);
        return portal;
    }

    /** An end that is an earlier hour than the start is said to be on the next day. */
    static String entry(String date, String start, String end, String more) {
        return "{\"place\": \"%s\", \"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"endsNextDay\": %s, \"modes\": [\"AMB\"]%s}"
                .formatted(PLACE, date, start, end, end.compareTo(start) < 0, more.isEmpty() ? "" : ", " + more);
    }

    static String weekly(String date, String start, String end, String... days) {
        return entry(date, start, end, "\"weekly\": {\"days\": [\"" + String.join("\", \"", days) + "\"]}");
    }

    HttpResponse<String> send(String method, String path, @Nullable String json, @Nullable String ifMatch) {
        var request = portal.request("/api/v1/practitioners/" + practitioner + "/agenda" + path)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return portal.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    /** @return the answer's body; it must have this status */
    JsonNode send(int status, String method, String path, @Nullable String json) {
        HttpResponse<String> answer = send(method, path, json, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return body(answer);
    }

    /** @return where the new entry is, below the agenda */
    String type(String json) {
        return "/entries/" + send(201, "POST", "/entries", json).path("id").asText();
    }

    /** Where the entries are of which something is to come, below the agenda. */
    List<String> entries() {
        return get("/entries").path("entries").findValuesAsText("id").stream()
                .map(id -> "/entries/" + id)
                .toList();
    }

    JsonNode get(String path) {
        return send(200, "GET", path, null);
    }

    public static JsonNode body(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static List<String> faults(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return StreamSupport.stream(body(refused).path("errors").spliterator(), false)
                .map(fault -> fault.path("field").asText() + " "
                        + fault.path("message").asText())
                .toList();
    }

    /** Hours of visibility, as {@code W24 120, W25 0}: weeks and minutes. */
    public String minutes(String from, String to) {
        JsonNode hours = portal.json("/api/v1/practitioners/" + practitioner + "/hours?from=" + from + "&to=" + to);
        return StreamSupport.stream(hours.path("weeks").spliterator(), false)
                .map(week -> week.path("week").asText().substring(5) + " "
                        + week.path("minutes").asInt())
                .collect(Collectors.joining(", "));
    }

    JsonNode search(Instant from, Instant to) {
        return search.json(HubClient.slotsOf(from, to, practitioner.value()));
    }

    /** Slots as {@code 2026-06-12 09:00-09:15}, in the place's time, by start. */
    public List<String> found(Instant from, Instant to) {
        return StreamSupport.stream(search(from, to).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText().substring(0, 16).replace('T', ' ') + "-"
                        + slot.path("end").asText().substring(11, 16))
                .toList();
    }
}
