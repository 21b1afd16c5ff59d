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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void facilities_have_the_kind_of_their_sector_of_activity_each_under_one_of_its_ids() {
        load(anExtraction()
                .with(of(
                        "SA05", at(activity(ALICE.value(), "D", "A"), "750000001", "12345678900001", "75011", "PARIS")))
                .with(of("SA05", at(activity(BASILE.value(), "M", "B"), "", "12345678900001", "75011", "PARIS")))
                .with(of("SA52", at(activity(ALICE.value(), "D", "A"), "750000002", "", "75011", "PARIS")))
                .with(of("SA08", at(activity(ALICE.value(), "D", "A"), "", "12345678900003", "75011", "PARIS")))
                .with(of("SA01", at(activity(ALICE.value(), "D", "A"), "750000004", "", "75011", "PARIS"))));

        assertThat(kindOf("1750000001")).isEqualTo("cds");
        assertThat(kindOf("312345678900001")).as("the same, by its SIRET").isEqualTo("cds");
        assertThat(kindOf("1750000002")).isEqualTo("msp");
        assertThat(kindOf("312345678900003")).isEqualTo("practice");
        assertThat(kindOf("1750000004")).isEqualTo("null");
        assertThat(found("kind=cds")).containsExactly("1750000001");
        assertThat(directory.salariedAt(new StructureId("1750000001"))).containsExactlyInAnyOrder(ALICE, BASILE);
    }

    @Test
    void a_kind_that_the_api_wrote_is_the_only_one() {
        ops.put("/api/v1/facilities/312345678900001", "{\"name\": \"MSP NORD\", \"kind\": \"msp\"}");

        load(anExtraction()
                .with(of(
                        "SA05",
                        at(activity(ALICE.value(), "D", "A"), "750000001", "12345678900001", "75011", "PARIS"))));

        assertThat(kindOf("1750000001")).isEqualTo("msp");
        assertThat(found("")).containsExactly("312345678900001");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', 1750000003 1750000001 1750000004 1750000005 1750000002",
        "name=sante, 1750000003 1750000001 1750000004",
        "name=LILAS%20Sant%C3%A9, 1750000001",
        "name=ilas, ''",
        "name=c%C5%93ur, 1750000004",
        "town=saint-denis, 1750000003 1750000002",
        "town=St%20D, 1750000003 1750000002",
        "postalCode=75, 1750000001 1750000004",
        "kind=msp, 1750000004 1750000002",
        "kind=msp&town=Saint%20Denis, 1750000002",
        "name=100%25, ''",
        "name=_, 1750000003 1750000001 1750000004 1750000005 1750000002"
    })
    void facilities_are_found_by_kind_name_town_or_postal_code_whatever_the_spelling(String query, String ids) {
        is("1750000001", "Centre de santé des Lilas", "cds", "75011", "Paris");
        is("1750000002", "Maison du Nord", "msp", "93200", "ST DENIS");
        is("1750000003", "CENTRE DE SANTE BASILIQUE", "cds", "93200", "Saint-Denis");
        is("1750000004", "Centre de santé du Cœur", "msp", "75012", "PARIS");
        is("1750000005", "CPTS Ouest", "cpts", "35000", "Rennes");

        assertThat(String.join(" ", found(query))).isEqualTo(ids);
    }

    @ParameterizedTest(name = "« {0} » finds {1}")
    @CsvSource({
        "SOS, 1750000012 1750000013",
        "sos bord, 1750000012",
        "vallee de l'isle, 1750000011",
        "Isle, 1750000011",
        "sain, 1750000013",
        "Saint-Den, 1750000013",
        "rive droite, 1750000012",
        "750000013, 1750000013",
        "1750 0000 12, 1750000012",
        "nulle part, ''"
    })
    void structures_are_found_as_people_type_them(String typed, String ids) {
        is("1750000011", "MSP de la Vallée-de-l'Isle", "msp", "24400", "MUSSIDAN");
        is("1750000012", "SOS Médecins (Rive-Droite)", "sos", "33000", "BORDEAUX");
        is("1750000013", "SOS Médecins du Lagon", "sos", "97400", "SAINT-DENIS");

        assertThat(String.join(
                        " ",
                        directory.facilitiesNamed(typed, null, null, 50).stream()
                                .map(found -> found.id().value())
                                .sorted()
                                .toList()))
                .isEqualTo(ids);
    }

    @Test
    void whoever_has_the_version_in_force_is_not_sent_it_again() {
        String path = "/api/v1/facilities/1750000001";
        is("1750000001", "Centre de santé des Lilas", "cds", "75011", "Paris");
        String tag = ops.get(path).headers().firstValue("ETag").orElseThrow();

        assertThat(ops.send(ops.request(path).header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
        assertThat(ops.send(ops.request(path).header("If-None-Match", "\"999\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_parameter_that_is_not_known_is_named_and_answers_nothing() {
        HttpResponse<String> slip = ops.get("/api/v1/facilities?kidn=msp");

        assertThat(slip.statusCode()).isEqualTo(400);
        assertThat(slip.body()).contains("\"kidn\"", "kind, name, postalCode, town");
        assertThat(ops.get("/api/v1/practitioners/" + ALICE + "?x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void facilities_are_listed_fifty_at_once_to_any_person_and_wrong_questions_are_refused() {
        for (int i = 0; i < 60; i++) {
            jdbc.update(
                    "INSERT INTO directory_facility (id, name, kind) VALUES (?, ?, 'CDS')",
                    "17500001%02d".formatted(i),
                    "Centre " + (i % 7));
        }
        HubClient person = HubClient.at(port).as("test-portal").actingFor("manager noa@exemple.fr");

        JsonNode first = person.json("/api/v1/facilities?kind=cds");
        JsonNode second = person.json(
                "/api/v1/facilities?kind=cds&after=" + first.path("next").asText());

        assertThat(first.path("facilities")).hasSize(50);
        assertThat(second.path("facilities")).hasSize(10);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(java.util.stream.Stream.of(first, second)
                        .flatMap(page -> page.path("facilities").findValuesAsText("nationalId").stream()))
                .doesNotHaveDuplicates();
        assertThat(person.get("/api/v1/facilities?kind=hospital&postalCode=Paris")
                        .body())
                .contains("kind", "postalCode");
        HttpResponse<String> noPage = person.get("/api/v1/facilities?after=zzz");
        assertThat(noPage.statusCode()).isEqualTo(422);
        assertThat(noPage.body()).contains("after", "is the value of next from the previous page");
    }

    private void is(String id, String name, String kind, String postalCode, String city) {
        HttpResponse<String> put = ops.put("/api/v1/facilities/" + id, """
                {"name": "%s", "kind": "%s", "postalCode": "%s", "city": "%s"}""".formatted(name, kind, postalCode, city));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    private static Map<String, String> of(String sector, Map<String, String> activity) {
        return Activities.with(activity, "Code secteur d'activité", sector);
    }

    private String kindOf(String id) {
        return ops.json("/api/v1/facilities/" + id).path("kind").asText();
    }

    private List<String> found(String query) {
        return ops.json("/api/v1/facilities?" + query).path("facilities").findValuesAsText("nationalId");
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
    void op6_the_console_shows_what_was_loaded_and_which_lines_were_left_out_and_why() {
        HttpResponse<String> posted = post(anExtraction()
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .withLine("broken")
                .text());
        String number = posted.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");

        assertThat(ops.get("/ops/annuaire").body())
                .contains("National extractions loaded", "href=\"/ops/annuaire/" + number + "\"", "mai.txt", ">read<");
        assertThat(ops.get("/ops/annuaire/" + number).body())
                .contains("2 lines read, 1 skipped", "The line has fewer columns than the header.", "broken");
        assertThat(ops.get("/ops/annuaire/999999999").statusCode()).isEqualTo(404);
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
