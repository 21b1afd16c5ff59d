package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The search over HTTP, on hand-entered slots: the contract of DESIGN §4 that needs no vendor. */
@HubTest
class SlotSearchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PractitionerId ALICE = Batches.newPractitioner();
    private static final PractitionerId BRUNO = Batches.newPractitioner();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant first = now.plus(Duration.ofHours(1));

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @BeforeEach
    void two_practitioners_with_three_slots_each() {
        SlotBatch batch = Batches.batch(Source.AGENDA, now, List.of(ALICE, BRUNO), first, 3);
        index.replace(new ScreenedBatch(batch, Map.of()));
    }

    @Test
    void slots_of_several_practitioners_are_answered_with_their_schedules_places_and_names() throws Exception {
        JsonNode bundle = body(get(search(ALICE, BRUNO)));

        assertThat(bundle.path("type").asText()).isEqualTo("searchset");
        assertThat(bundle.path("total").asInt()).isEqualTo(6);
        assertThat(types(bundle))
                .containsExactly(
                        "Slot match",
                        "Slot match",
                        "Slot match",
                        "Slot match",
                        "Slot match",
                        "Slot match",
                        "Schedule include",
                        "PractitionerRole include",
                        "Practitioner include",
                        "Schedule include",
                        "PractitionerRole include",
                        "Practitioner include");
        List<String> starts = bundle.path("entry").findValuesAsText("start");
        assertThat(starts.subList(0, 3)).isSorted();
        assertThat(starts.getFirst()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d");
    }

    @Test
    void the_self_link_is_the_request() throws Exception {
        String request = search(ALICE);

        assertThat(body(get(request)).at("/link/0/url").asText()).isEqualTo("http://localhost:" + port + request);
    }

    @Test
    void every_resource_of_an_answer_can_be_read_at_its_full_url() throws Exception {
        for (JsonNode entry : body(get(search(ALICE))).path("entry")) {
            JsonNode read = body(get(URI.create(entry.path("fullUrl").asText()).getPath()));
            assertThat(read.path("id")).isEqualTo(entry.at("/resource/id"));
            assertThat(read.path("resourceType")).isEqualTo(entry.at("/resource/resourceType"));
        }
    }

    @Test
    void a_gzipped_answer_holds_the_same_entries() throws Exception {
        HttpResponse<byte[]> gzipped = send(
                request(search(ALICE, BRUNO)).header("Accept-Encoding", "gzip").build());

        assertThat(gzipped.headers().firstValue("Content-Encoding")).contains("gzip");
        JsonNode bundle = JSON.readTree(new GZIPInputStream(new java.io.ByteArrayInputStream(gzipped.body())));
        assertThat(types(bundle)).isEqualTo(types(body(get(search(ALICE, BRUNO)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip;q=0.5, br | true",
                "br, * | true",
                "GZIP | true",
                "gzip;q=0, * | false",
                "gzip;q=0.000 | false",
                "*;q=0 | false",
                "identity | false",
                "br | false"
            })
    void content_codings_are_weighed(String accepted, boolean gzipped) throws Exception {
        assertThat(send(request(search(ALICE))
                                .header("Accept-Encoding", accepted)
                                .build())
                        .headers()
                        .firstValue("Content-Encoding")
                        .isPresent())
                .isEqualTo(gzipped);
    }

    @Test
    void pages_follow_each_other_without_loss_when_count_asks_for_them() throws Exception {
        List<String> ids = new ArrayList<>();
        String next = search(ALICE, BRUNO) + "&_count=4";
        while (next != null) {
            JsonNode page = body(get(next));
            page.path("entry").forEach(entry -> {
                if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                    ids.add(entry.at("/resource/id").asText());
                }
            });
            JsonNode link = page.path("link").path(1);
            next = link.isMissingNode() ? null : link.path("url").asText().replace("http://localhost:" + port, "");
        }

        assertThat(ids).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void nobody_free_is_an_empty_answer_with_total_0_and_the_profile() throws Exception {
        JsonNode bundle = body(get(search(Batches.newPractitioner())));

        assertThat(bundle.path("total").asInt()).isZero();
        assertThat(bundle.has("entry")).isFalse();
        assertThat(bundle.at("/meta/profile/0").asText())
                .isEqualTo("http://sas.fr/fhir/StructureDefinition/BundleAgregateur");
    }

    @Test
    void a_search_may_be_posted() throws Exception {
        String form = search(ALICE).substring(search(ALICE).indexOf('?') + 1);
        HttpResponse<byte[]> answer = send(request("/fhir/Slot/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());

        assertThat(body(answer).path("total").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start=ge", "start=le", "status", "schedule.actor"})
    void a_missing_parameter_is_named(String beginning) throws Exception {
        String query = search(ALICE);
        String without = java.util.Arrays.stream(
                        query.substring(query.indexOf('?') + 1).split("&"))
                .filter(pair -> !pair.startsWith(beginning))
                .collect(java.util.stream.Collectors.joining("&"));
        HttpResponse<byte[]> answer = get("/fhir/Slot?" + without);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer).at("/issue/0/diagnostics").asText()).contains(beginning.replaceAll("=.*", ""));
    }

    @Test
    void an_unknown_parameter_is_refused_and_ignored_only_when_asked() throws Exception {
        assertThat(get(search(ALICE) + "&colour=blue").statusCode()).isEqualTo(400);

        JsonNode lenient = body(send(request(search(ALICE) + "&colour=blue")
                .header("Prefer", "handling=lenient")
                .build()));
        assertThat(lenient.path("total").asInt()).isEqualTo(3);
        assertThat(lenient.toString()).contains("Ignored, as requested: colour");
    }

    @Test
    void more_identifiers_than_allowed_are_refused() throws Exception {
        PractitionerId[] many = java.util.stream.IntStream.range(0, 26)
                .mapToObj(Batches::practitioner)
                .toArray(PractitionerId[]::new);

        assertThat(get(search(many)).statusCode()).isEqualTo(400);
    }

    @Test
    void identifiers_match_with_and_without_prefix_and_repeated_ones_count_once() throws Exception {
        String raw = search(ALICE)
                .replace("%7C" + ALICE, "%7C" + ALICE.value().substring(1) + ",urn:oid:1.2.250.1.71.4.2.1|" + ALICE)
                .replace("|", "%7C");

        assertThat(body(get(raw)).path("total").asInt()).isEqualTo(3);
    }

    @Test
    void instants_come_with_z_with_a_raw_plus_or_without_offset() throws Exception {
        String paris = java.time.LocalDateTime.ofInstant(first, java.time.ZoneId.of("Europe/Paris"))
                .toString();
        for (String from : List.of(
                first.toString(),
                first.atOffset(java.time.ZoneOffset.ofHours(2)).toString(),
                paris)) {
            String query = search(ALICE).replaceFirst("start=ge[^&]*", "start=ge" + from);
            assertThat(body(get(query)).path("total").asInt()).as(from).isEqualTo(3);
        }
    }

    @Test
    void the_door_is_closed_without_token_and_for_the_wrong_role() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + search(ALICE)));

        HttpResponse<byte[]> nobody = send(request.build());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(body(nobody).path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(send(request.header("Authorization", "Bearer test-portal").build())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void json_is_written_in_the_spelling_asked_for_xml_when_asked_and_nothing_else() throws Exception {
        for (String accept : List.of("application/json+fhir", "application/fhir+json", "application/json")) {
            assertThat(send(request(search(ALICE)).header("Accept", accept).build())
                            .headers()
                            .firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith(accept));
        }
        HttpResponse<byte[]> xml = send(
                request(search(ALICE)).header("Accept", "application/fhir+xml").build());
        assertThat(new String(xml.body())).startsWith("<Bundle");
        assertThat(send(request(search(ALICE)).header("Accept", "text/csv").build())
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void other_methods_types_and_addresses_get_their_own_status() throws Exception {
        assertThat(send(request("/fhir/metadata").DELETE().build()).statusCode())
                .isEqualTo(405);
        assertThat(send(request("/fhir/Slot").DELETE().build()).statusCode()).isEqualTo(403);
        assertThat(get("/fhir/Patient/1").statusCode()).isEqualTo(404);
        assertThat(get("/fhir/Slot/" + ALICE + "-unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void metadata_is_open_and_names_the_searches() throws Exception {
        HttpRequest open = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/fhir/metadata"))
                .build();

        assertThat(new String(send(open).body()))
                .contains("CapabilityStatement", "schedule.actor:Practitioner.identifier", "_has:Slot:schedule:start");
    }

    private String search(PractitionerId... practitioners) {
        String identifiers = java.util.Arrays.stream(practitioners)
                .map(p -> "urn:oid:1.2.250.1.71.4.2.1%7C" + p)
                .collect(java.util.stream.Collectors.joining(","));
        return "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + now + "&start=le"
                + now.plus(Duration.ofHours(72)) + "&schedule.actor:Practitioner.identifier=" + identifiers
                + "&status=free";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer test-search");
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode body(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static List<String> types(JsonNode bundle) {
        List<String> types = new ArrayList<>();
        bundle.path("entry")
                .forEach(entry -> types.add(entry.at("/resource/resourceType").asText() + " "
                        + entry.at("/search/mode").asText()));
        return types;
    }
}
