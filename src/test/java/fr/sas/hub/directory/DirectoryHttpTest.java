package fr.sas.hub.directory;

import static fr.sas.hub.directory.Activities.at;
import static fr.sas.hub.testing.Extraction.activity;
import static fr.sas.hub.testing.Extraction.anExtraction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Extraction;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** The directory over HTTP: what is written there has the last word. */
@HubTest
class DirectoryHttpTest {

    private static final PractitionerId ALICE = new PractitionerId("810001234567");
    private static final PractitionerId BASILE = new PractitionerId("0750012345");

    @Autowired
    Directory directory;

    @Autowired
    Loads loads;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    private HubClient ops;

    @BeforeEach
    void nobody_exists() {
        ops = HubClient.at(port).as("test-ops");
        Activities.emptyDirectory(jdbc, directory);
    }

    @Test
    void what_the_api_wrote_survives_every_extraction() {
        load(anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")));
        HttpResponse<String> put = ops.put("/api/v1/practitioners/" + ALICE, """
                {"family": "DURAND-MARTIN", "given": ["Alice"], "places": [
                  {"structures": ["750000009"], "line": "3 quai Nord", "postalCode": "97200", "city": "FORT-DE-FRANCE",
                   "phone": "0596 30 30 30"}]}
                """);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        load(anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")));

        JsonNode alice = ops.json("/api/v1/practitioners/" + ALICE);
        assertThat(alice.path("family").asText()).isEqualTo("DURAND-MARTIN");
        assertThat(alice.at("/places/0/id").asText()).isEqualTo("1750000009");
        assertThat(alice.at("/places/0/zone").asText()).isEqualTo("America/Martinique");
        assertThat(alice.at("/places/0/phone").asText()).isEqualTo("+596596303030");
    }

    @Test
    void every_faulty_field_is_named() {
        HttpResponse<String> put = ops.put(
                "/api/v1/practitioners/" + ALICE,
                "{\"places\": [{\"structures\": [\"unknown\"]}, {\"phone\": \"poste 12\", \"city\": \"PARIS\"}]}");

        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.body()).contains("family", "places[0].structures[0]", "places[0]", "places[1].phone");
    }

    @Test
    void the_second_of_two_writers_is_told() {
        HttpResponse<String> first = ops.put("/api/v1/facilities/1750000001", "{\"name\":\"MSP\",\"kind\":\"msp\"}");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(putIfMatch(etag, "{\"name\":\"MSP NORD\",\"kind\":\"msp\"}").statusCode())
                .isEqualTo(200);

        assertThat(putIfMatch(etag, "{\"name\":\"MSP SUD\",\"kind\":\"msp\"}").statusCode())
                .isEqualTo(412);
        assertThat(ops.json("/api/v1/facilities/1750000001").path("name").asText())
                .isEqualTo("MSP NORD");
    }

    private HttpResponse<String> putIfMatch(String etag, String json) {
        return ops.send(ops.request("/api/v1/facilities/1750000001")
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(BodyPublishers.ofString(json)));
    }

    @Test
    void an_extraction_can_be_sent_and_its_skipped_lines_read() {
        HttpResponse<String> posted = post(anExtraction()
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .withLine("broken")
                .text());

        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        JsonNode load = ops.json(posted.headers().firstValue("Location").orElseThrow());
        assertThat(load.path("file").asText()).isEqualTo("mai.txt");
        assertThat(load.at("/skippedLines/0/line").asInt()).isEqualTo(3);
        assertThat(load.at("/skippedLines/0/sentence").asText()).isNotBlank();
        assertThat(ops.json("/api/v1/directory/loads")).hasSize(1);
        assertThat(HubClient.at(port).get("/api/v1/directory/loads").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_facility_written_under_one_of_its_ids_is_the_same_under_the_others() {
        Extraction file = anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75011", "PARIS"));
        load(file);
        ops.put("/api/v1/facilities/1750000001", "{\"name\":\"MSP\",\"kind\":\"msp\",\"phone\":\"0140000001\"}");
        load(file);

        Facility bySiret =
                directory.facility(new StructureId("312345678901234")).orElseThrow();
        assertThat(bySiret.kind()).isEqualTo(Facility.Kind.MSP);
        assertThat(bySiret.phone()).isEqualTo("+33140000001");

        ops.put("/api/v1/facilities/312345678901234", "{\"name\":\"MSP NORD\",\"kind\":\"msp\"}");
        assertThat(ops.json("/api/v1/facilities/1750000001").path("name").asText())
                .isEqualTo("MSP NORD");
    }

    @Test
    void a_place_keeps_its_id_when_the_api_tells_a_better_one() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "12345678901234", "75011", "PARIS")));

        ops.put(
                "/api/v1/practitioners/" + ALICE,
                "{\"family\":\"DURAND\",\"places\":[{\"structures\":[\"750000001\",\"12345678901234\"]}]}");

        DirectoryPlace place = directory.find(ALICE).orElseThrow().places().getFirst();
        assertThat(place.id()).isEqualTo("312345678901234");
        assertThat(place.structures()).hasSize(2);
    }

    @Test
    void an_extraction_that_fails_is_refused_with_the_id_of_its_load_and_the_reason() {
        HttpResponse<String> posted = post("not an extraction");

        assertThat(posted.statusCode()).isEqualTo(422);
        assertThat(posted.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        Load load = loads.list().getFirst();
        assertThat(load.state()).isEqualTo("failed");
        assertThat(posted.body()).contains("\"load\":" + load.id(), "The header row lacks these columns");
    }

    @Test
    void only_one_extraction_is_read_at_a_time() {
        String file =
                anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")).text();
        List<HttpResponse<String>> meanwhile = new ArrayList<>();

        Load first = loads.load(
                        "first",
                        null,
                        anExtraction().endless(1, i -> {
                            meanwhile.add(post(file));
                            return activity(BASILE.value(), "MOREL", "BASILE");
                        }),
                        false)
                .orElseThrow();

        assertThat(meanwhile).extracting(HttpResponse::statusCode).containsExactly(409);
        assertThat(first.state()).isEqualTo("done");
        assertThat(loads.list()).hasSize(1);
        assertThat(post(file).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> post(String file) {
        return ops.send(ops.request("/api/v1/directory/loads?name=mai.txt")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(file)));
    }

    private Load load(Extraction file) {
        return loads.load("test.txt", null, file.stream(), false).orElseThrow();
    }
}
