package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A health centre as its facility manager and the platform's search meet it, over HTTP. */
public final class Centre {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HubClient search;
    private final HubClient portal;
    private final String finess;

    private Centre(int port, String finess) {
        this.search = HubClient.at(port);
        this.portal = search.as("test-portal");
        this.finess = finess;
    }

    /** In Paris. @param number makes its FINESS: each test takes its own */
    public static Centre at(int port, int number) {
        Centre centre = new Centre(port, "1750%06d".formatted(number));
        centre.becomes("cds", "75010");
        return centre;
    }

    /** With prefix. */
    public String finess() {
        return finess;
    }

    public void becomes(String kind, String postalCode) {
        HubClient.json(portal.put("/api/v1/facilities/" + finess, """
                {"name": "CDS %s", "kind": "%s", "phone": "+33199001122", "line": "1 rue des Lilas",
                 "postalCode": "%s", "city": "VILLE"}""".formatted(finess, kind, postalCode)));
    }

    /** The doctor works here, and nowhere else. */
    public void employs(PractitionerId doctor) {
        worksAt(doctor, finess);
    }

    /** The doctor works elsewhere. */
    public void knows(PractitionerId doctor) {
        worksAt(doctor, "1690999999");
    }

    /** @param structures one place each */
    public void worksAt(PractitionerId doctor, String... structures) {
        String places =
                Stream.of(structures).map(structure -> """
                        {"structures": ["%s"], "line": "1 rue des Lilas", "postalCode": "75010", "city": "VILLE"}""".formatted(structure)).collect(Collectors.joining(", "));
        HubClient.json(portal.put(
                "/api/v1/practitioners/" + doctor,
                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": [" + places
                        + "]}"));
    }

    /** Below the centre's own address. */
    public HttpResponse<String> send(String method, String path, @Nullable String json, @Nullable String ifMatch) {
        HttpRequest.Builder request = portal.request("/api/v1/facilities/" + finess + path)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return portal.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
    }

    /** @return the answer's body; it must have this status */
    public JsonNode send(int status, String method, String path, @Nullable String json) {
        HttpResponse<String> answer = send(method, path, json, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode get(String path) {
        return send(200, "GET", path, null);
    }

    /** @return where the new entry is, below the centre */
    public String types(String entry) {
        return "/agenda/entries/"
                + send(201, "POST", "/agenda/entries", entry).path("id").asText();
    }

    public void settings(int professionals, boolean acceptsOverbooking, boolean declaresTwoHours) {
        send(200, "PUT", "/settings", """
                {"participatingProfessionals": %d, "acceptsOverbooking": %s, "declaresTwoHours": %s}""".formatted(professionals, acceptsOverbooking, declaresTwoHours));
    }

    /** The search by facilities, of 72 hours. */
    public JsonNode search(Instant from, String... facilities) {
        return search.json(HubClient.centreSlotsOf(from, facilities));
    }

    /** The search by practitioners, of 72 hours. */
    public JsonNode searchOf(Instant from, PractitionerId... practitioners) {
        return search.json(HubClient.slotsOf(
                from, Stream.of(practitioners).map(PractitionerId::value).toArray(String[]::new)));
    }

    /** Slots as {@code 2026-06-13 09:00-09:15}, in the place's time, in the answer's order. */
    public static List<String> slots(JsonNode bundle) {
        return resources(bundle, "Slot").stream()
                .map(slot -> slot.path("start").asText().substring(0, 16).replace('T', ' ') + "-"
                        + slot.path("end").asText().substring(11, 16))
                .toList();
    }

    public static List<JsonNode> resources(JsonNode bundle, String type) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type))
                .toList();
    }
}
