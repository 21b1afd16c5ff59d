package fr.sas.hub.directory;

import static fr.sas.hub.testing.Extraction.aShuffledExtraction;
import static fr.sas.hub.testing.Extraction.activity;
import static fr.sas.hub.testing.Extraction.anExtraction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Extraction;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who exists: extractions are read whole, again and again, and the API has the last word. */
@HubTest
class DirectoryTest {

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
        jdbc.execute("TRUNCATE directory_practitioner, directory_place, directory_facility, directory_load CASCADE");
        directory.forget(new PractitionersChanged(java.util.Set.of()));
    }

    @Test
    void several_lines_of_a_practitioner_become_one_with_all_specialties_and_places() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75011", "PARIS"))
                .with(with(
                        at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"),
                        "Code savoir-faire",
                        "SM26"))
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "99945678901234", "97400", "ST DENIS"))
                .with(activity(BASILE.value(), "MOREL", "BASILE")));

        DirectoryPractitioner alice = directory.find(ALICE).orElseThrow();
        assertThat(alice.family()).isEqualTo("DURAND");
        assertThat(alice.specialties()).containsExactly("SM26", "SM54");
        assertThat(alice.places()).hasSize(2);
        DirectoryPlace paris = alice.places().getFirst();
        assertThat(paris.structures())
                .containsExactly(new StructureId("1750000001"), new StructureId("312345678901234"));
        assertThat(paris.line()).isEqualTo("12 RUE DES LILAS");
        assertThat(paris.phone()).isEqualTo("+33140000000");
        assertThat(alice.places().getLast().zone()).isEqualTo(ZoneId.of("Indian/Reunion"));
        assertThat(directory.find(BASILE).orElseThrow().places()).isEmpty();
        assertThat(directory
                        .facility(new StructureId("1750000001"))
                        .orElseThrow()
                        .name())
                .isEqualTo("CABINET DES LILAS");
    }

    @Test
    void reading_the_same_extraction_again_changes_nothing() {
        Extraction file =
                anExtraction().with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"));
        load(file);
        List<Map<String, Object>> before = state();

        Load again = load(file);

        assertThat(state()).isEqualTo(before);
        assertThat(again.removed()).isZero();
    }

    @Test
    void a_later_extraction_replaces_the_earlier_one() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"))
                .with(activity(BASILE.value(), "MOREL", "BASILE")));
        Load later = load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND-PETIT", "ALICE"), "750000002", "", "75012", "PARIS")));

        assertThat(later.removed()).isEqualTo(1);
        assertThat(directory.find(BASILE)).isEmpty();
        DirectoryPractitioner alice = directory.find(ALICE).orElseThrow();
        assertThat(alice.family()).isEqualTo("DURAND-PETIT");
        assertThat(alice.places()).extracting(DirectoryPlace::id).containsExactly("1750000002");
    }

    @Test
    void malformed_lines_are_skipped_with_their_number_and_rule_and_the_others_are_read() {
        Load load = load(anExtraction()
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .withLine("8|10001234568|too short")
                .with(with(activity(ALICE.value(), "X", "Y"), "Identification nationale PP", ""))
                .with(with(activity(ALICE.value(), "X", "Y"), "Identification nationale PP", "81000"))
                .with(activity("810001234569", "", "SANS NOM"))
                .with(activity(BASILE.value(), "MO\"REL", "BASILE")));

        assertThat(load.state()).isEqualTo("done");
        assertThat(load.lines()).isEqualTo(6);
        assertThat(load.skipped()).isEqualTo(4);
        assertThat(load.skippedLines())
                .extracting(line -> line.line() + " " + line.rule())
                .containsExactly("3 TOO_FEW_COLUMNS", "4 NO_PRACTITIONER_ID", "5 BAD_PRACTITIONER_ID", "6 NO_NAME");
        assertThat(directory.find(BASILE).orElseThrow().family()).isEqualTo("MO\"REL");
    }

    @Test
    void lines_that_would_harm_the_others_are_skipped_too() {
        Load load = load(anExtraction()
                .with(with(activity(ALICE.value(), "X", "Y"), "Raison sociale site", "CABINET|DES LILAS"))
                .with(with(activity(ALICE.value(), "X", "Y"), "Raison sociale site", "x".repeat(2_000_000)))
                .with(with(activity(ALICE.value(), "X", "Y"), "Raison sociale site", "CABINET\u0000"))
                .with(activity(BASILE.value(), "MOREL", "BASILE")));

        assertThat(load.skippedLines())
                .extracting(line -> line.line() + " " + line.rule())
                .containsExactly("2 TOO_MANY_COLUMNS", "3 TOO_LONG", "4 BROKEN_CHARACTERS");
        assertThat(directory.find(BASILE)).isPresent();
        assertThat(directory.find(ALICE)).isEmpty();
    }

    @Test
    void an_id_with_its_prefix_is_not_taken_for_a_siret() {
        load(anExtraction()
                .with(with(
                        at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "75011", "PARIS"),
                        "Identifiant technique de la structure",
                        "41000123456701")));

        assertThat(directory.find(ALICE).orElseThrow().places().getFirst().structures())
                .containsExactly(new StructureId("41000123456701"));
    }

    @Test
    void a_file_without_usable_lines_leaves_the_directory_as_it_is() {
        load(anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")));

        Load load = load(anExtraction().withLine("nothing"));

        assertThat(load.state()).isEqualTo("failed");
        assertThat(directory.find(ALICE)).isPresent();
    }

    @Test
    void a_small_part_of_a_file_does_not_empty_the_directory_unless_the_operator_insists() {
        Extraction whole = anExtraction();
        for (int i = 0; i < 1_000; i++) {
            whole.with(activity("81%010d".formatted(i), "DURAND", "ALICE"));
        }
        load(whole);
        Extraction part = anExtraction().with(activity("810000000001", "DURAND", "ALICE"));

        assertThat(load(part).failure()).contains("only 1 of the 1000 practitioners");
        assertThat(loads.load("part", null, part.stream(), true).removed()).isEqualTo(999);
    }

    @Test
    void columns_are_found_by_name_in_any_order() {
        load(aShuffledExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS")));

        assertThat(directory.find(ALICE).orElseThrow().places().getFirst().city())
                .isEqualTo("PARIS");
    }

    @Test
    void an_older_extraction_in_windows_1252_or_a_gzipped_one_is_read_as_well() throws IOException {
        Extraction file = anExtraction().with(activity(ALICE.value(), "LEFÈVRE", "ZOÉ"));
        loads.load("windows.txt", null, file.stream(Charset.forName("windows-1252")));
        assertThat(directory.find(ALICE).orElseThrow().family()).isEqualTo("LEFÈVRE");

        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("\uFEFF"
                            + anExtraction()
                                    .with(activity(ALICE.value(), "LEFÈBVRE", "ZOÉ"))
                                    .text())
                    .getBytes(StandardCharsets.UTF_8));
        }
        Load load = loads.load("file.gz", null, new ByteArrayInputStream(zipped.toByteArray()));
        assertThat(load.failure()).isNull();
        assertThat(directory.find(ALICE).orElseThrow().family()).isEqualTo("LEFÈBVRE");
    }

    @Test
    void a_file_without_a_needed_column_or_that_breaks_off_changes_nothing_and_says_why() {
        load(anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")));

        Load lacking = load(anExtraction().without("Code postal (coord. structure)"));
        assertThat(lacking.state()).isEqualTo("failed");
        assertThat(lacking.failure()).contains("Code postal (coord. structure)");

        Load broken = loads.load(
                "broken",
                null,
                new java.io.SequenceInputStream(
                        anExtraction().with(activity(BASILE.value(), "MOREL", "BASILE")).stream(), new BrokenOff()));
        assertThat(broken.state()).isEqualTo("failed");
        assertThat(broken.failure()).contains("the line was cut");

        assertThat(directory.find(ALICE)).isPresent();
        assertThat(directory.find(BASILE)).isEmpty();
    }

    @Test
    void a_long_extraction_flows_through_without_being_held() {
        long lines = 200_000;
        Load load = loads.load(
                "long",
                null,
                anExtraction()
                        .endless(
                                lines,
                                i -> at(
                                        activity("81%010d".formatted(i / 2), "NOM" + i / 2, "CAMILLE"),
                                        "%09d".formatted(750000000 + i % 5000),
                                        "",
                                        "75011",
                                        "PARIS")));

        assertThat(load.failure()).isNull();
        assertThat(load.lines()).isEqualTo(lines);
        assertThat(load.practitioners()).isEqualTo(lines / 2);
        List<PractitionerId> seen = new ArrayList<>();
        directory.forEachPractitioner(seen::add);
        assertThat(seen).hasSize((int) lines / 2);
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
        HttpResponse<String> posted = ops.send(ops.request("/api/v1/directory/loads?name=mai.txt")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(anExtraction()
                        .with(activity(ALICE.value(), "DURAND", "ALICE"))
                        .withLine("broken")
                        .text())));

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
    void a_file_on_disk_is_read_once_until_it_changes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("PS_LibreAcces.txt");
        Files.writeString(
                file,
                anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")).text());
        loads.loadOnce(file);
        loads.loadOnce(file);
        assertThat(loads.list()).hasSize(1);

        Files.writeString(
                file,
                anExtraction()
                        .with(activity(ALICE.value(), "DURAND", "ALICE"))
                        .with(activity(BASILE.value(), "MOREL", "BASILE"))
                        .text());
        loads.loadOnce(file);
        assertThat(loads.list()).hasSize(2);
        assertThat(directory.find(BASILE)).isPresent();
    }

    private Load load(Extraction file) {
        return loads.load("test.txt", null, file.stream());
    }

    private List<Map<String, Object>> state() {
        return jdbc.queryForList("SELECT p.id, p.family, p.version, l.id AS place, l.structures::text, l.phone"
                + " FROM directory_practitioner p JOIN directory_place l ON l.practitioner = p.id ORDER BY 1, 4");
    }

    private static Map<String, String> at(
            Map<String, String> activity, String finess, String siret, String postalCode, String city) {
        activity.put("Numéro FINESS site", finess);
        activity.put("Numéro SIRET site", siret);
        activity.put("Raison sociale site", "CABINET DES LILAS");
        activity.put("Numéro Voie (coord. structure)", "12");
        activity.put("Libellé type de voie (coord. structure)", "RUE");
        activity.put("Libellé Voie (coord. structure)", "DES LILAS");
        activity.put("Code postal (coord. structure)", postalCode);
        activity.put("Libellé commune (coord. structure)", city);
        activity.put("Téléphone (coord. structure)", "01 40 00 00 00");
        return activity;
    }

    private static Map<String, String> with(Map<String, String> activity, String column, String value) {
        activity.put(column, value);
        return activity;
    }

    private static final class BrokenOff extends java.io.InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line was cut");
        }
    }
}
