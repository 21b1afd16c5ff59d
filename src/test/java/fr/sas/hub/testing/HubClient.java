package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hub as its callers see it: over HTTP, with a token, in the requests of the guide. */
public final class HubClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;
    private final @Nullable String person;

    private HubClient(String base, String token, @Nullable String person) {
        this.base = base;
        this.token = token;
        this.person = person;
    }

    /** As the platform's search. */
    public static HubClient at(int port) {
        return new HubClient("http://localhost:" + port, "test-search", null);
    }

    public HubClient as(String token) {
        return new HubClient(base, token, null);
    }

    /** @param person as {@code X-Acting-Person} names them */
    public HubClient actingFor(String person) {
        return new HubClient(base, token, person);
    }

    /** INT_R01: 72 hours from now. */
    public static String slotsOf(Instant from, String... practitioners) {
        return slotsOf(from, from.plus(Duration.ofHours(72)), practitioners);
    }

    public static String slotsOf(Instant from, Instant to, String... practitioners) {
        return "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + from + "&start=le" + to
                + "&schedule.actor:Practitioner.identifier=" + identifiers("urn:oid:1.2.250.1.71.4.2.1", practitioners)
                + "&status=free";
    }

    /** INT_R04. */
    public static String communitySlotsOf(Instant from, String... practitioners) {
        return slotsOf(from, practitioners)
                + "&_include=Slot:service-type-reference&_include:iterate=HealthcareService:organization";
    }

    /** The hub's own search of health centres' slots: 72 hours from now. */
    public static String centreSlotsOf(Instant from, String... facilities) {
        return "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor"
                + "&_include:iterate=Location:organization&start=ge" + from + "&start=le"
                + from.plus(Duration.ofHours(72)) + "&schedule.actor:Location.organization.identifier="
                + identifiers("urn:oid:1.2.250.1.71.4.2.2", facilities) + "&status=free";
    }

    /** The search of SOS Médecins' agendas. */
    public static String sitesOf(Instant from, String... associations) {
        return "/fhir/Schedule?_revinclude=Slot:schedule&_include=Schedule:actor:Location"
                + "&_include:iterate=Location:organization&_has:Slot:schedule:start=ge" + from
                + "&_has:Slot:schedule:start=le" + from.plus(Duration.ofHours(72))
                + "&_has:Slot:schedule:status=free&actor:Location.organization.identifier="
                + identifiers("urn:oid:1.2.250.1.71.4.2.2", associations);
    }

    private static String identifiers(String system, String... values) {
        return Stream.of(values).map(value -> system + "%7C" + value).collect(Collectors.joining(","));
    }

    /** Of a developer, who is told names of fields and codes: in English. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept-Language", "en")
                .header("Authorization", "Bearer " + token);
        return person == null ? request : request.header("X-Acting-Person", person);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** From now on the directory knows this practitioner, who works in Paris; settings suppose it. */
    public void knows(String practitioner) {
        json(as("test-portal").put("/api/v1/practitioners/" + practitioner, """
                {"family": "DURAND", "given": ["Alice"],
                 "places": [{"structures": ["1750000001"], "postalCode": "75001", "city": "PARIS"}]}"""));
    }

    /** The JSON of an answer that must be 200. */
    public JsonNode json(String path) {
        return json(get(path));
    }

    public static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.request().uri() + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
