package fr.sas.hub.directory;

import static fr.sas.hub.directory.Activities.at;
import static fr.sas.hub.directory.Activities.with;
import static fr.sas.hub.testing.Extraction.aShuffledExtraction;
import static fr.sas.hub.testing.Extraction.activity;
import static fr.sas.hub.testing.Extraction.anExtraction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Extraction;
import fr.sas.hub.testing.HubTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who exists: extractions are read line by line, whatever their form. */
@HubTest
class DirectoryTest {

    private static final PractitionerId ALICE = new PractitionerId("810001234567");
    private static final PractitionerId BASILE = new PractitionerId("0750012345");
    /** What may be on the way between the file and the database: buffers. */
    private static final int ON_THE_WAY = 5_000;

    @Autowired
    Directory directory;

    @Autowired
    Loads loads;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void nobody_exists() {
        Activities.emptyDirectory(jdbc, directory);
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
    void of_many_practitioners_those_whom_it_knows_are_found_without_what_it_says_of_them() {
        load(anExtraction().with(activity(ALICE.value(), "DURAND", "ALICE")));
        PractitionerId stranger = new PractitionerId("899999999999");

        assertThat(directory.practitionersAmong(List.of(ALICE, stranger))).containsExactly(ALICE);
        assertThat(directory.practitionersAmong(List.of())).isEmpty();
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
    void columns_are_found_by_name_in_any_order() {
        load(aShuffledExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS")));

        assertThat(directory.find(ALICE).orElseThrow().places().getFirst().city())
                .isEqualTo("PARIS");
    }

    @Test
    void an_older_extraction_in_windows_1252_or_a_gzipped_one_is_read_as_well() throws IOException {
        Extraction file = anExtraction().with(activity(ALICE.value(), "LEFÈVRE", "ZOÉ"));
        read(file.text().getBytes(Charset.forName("windows-1252")));
        assertThat(directory.find(ALICE).orElseThrow().family()).isEqualTo("LEFÈVRE");

        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("\uFEFF"
                            + anExtraction()
                                    .with(activity(ALICE.value(), "LEFÈBVRE", "ZOÉ"))
                                    .text())
                    .getBytes(StandardCharsets.UTF_8));
        }
        Load load = read(zipped.toByteArray());
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
                                anExtraction().with(activity(BASILE.value(), "MOREL", "BASILE")).stream(),
                                new BrokenOff()),
                        false)
                .orElseThrow();
        assertThat(broken.state()).isEqualTo("failed");
        assertThat(broken.failure()).contains("the line was cut");

        assertThat(directory.find(ALICE)).isPresent();
        assertThat(directory.find(BASILE)).isEmpty();
    }

    @Test
    void lines_reach_the_database_while_a_long_extraction_is_still_being_read() {
        long lines = 200_000;
        Load load = loads.load(
                        "long",
                        null,
                        anExtraction().endless(lines, i -> {
                            if (i == lines / 2) {
                                await().until(() -> linesInTheDatabase() > lines / 2 - ON_THE_WAY);
                            }
                            return at(
                                    activity("81%010d".formatted(i / 2), "NOM" + i / 2, "CAMILLE"),
                                    "%09d".formatted(750000000 + i % 5000),
                                    "",
                                    "75011",
                                    "PARIS");
                        }),
                        false)
                .orElseThrow();

        assertThat(load.failure()).isNull();
        assertThat(load.lines()).isEqualTo(lines);
        assertThat(load.practitioners()).isEqualTo(lines / 2);
        List<PractitionerId> seen = new ArrayList<>();
        directory.forEachPractitioner(seen::add);
        assertThat(seen).hasSize((int) lines / 2);
    }

    private long linesInTheDatabase() {
        return Objects.requireNonNullElse(
                jdbc.queryForObject(
                        "SELECT max(tuples_processed) FROM pg_stat_progress_copy WHERE datname = current_database()",
                        Long.class),
                0L);
    }

    @Test
    void of_the_published_archive_the_activities_are_read() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("PS_LibreAcces_Dipl_AutExerc_202606120800.txt"));
            zip.write("Something else|".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("PS_LibreAcces_Personne_activite_202606120800.txt"));
            zip.write(anExtraction()
                    .with(activity(ALICE.value(), "DURAND", "ALICE"))
                    .text()
                    .getBytes(StandardCharsets.UTF_8));
        }

        Load load = read(archive.toByteArray());
        assertThat(load.failure()).isNull();
        assertThat(directory.find(ALICE)).isPresent();

        assertThat(read(Arrays.copyOf(archive.toByteArray(), 200)).state()).isEqualTo("failed");
    }

    @Test
    void of_an_archive_as_mirrors_name_it_the_specialties_may_stand_in_a_file_of_their_own() throws IOException {
        String specialties = """
                Identification nationale PP|Nom d'exercice|Code savoir-faire|Libellé savoir-faire|
                810001234567|DURAND|SM54|Médecine générale|
                810001234567|DURAND|SM26|Médecine générale|
                810009999999|SANS ACTIVITÉ|SM54|Médecine générale|
                ill-formed|
                """;
        String activities = anExtraction()
                .without("Code savoir-faire")
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .withLine("")
                .withLine("")
                .withLine("ill-formed|")
                .text();

        for (List<String> order : List.of(List.of("activite", "savoirfaire"), List.of("savoirfaire", "activite"))) {
            Activities.emptyDirectory(jdbc, directory);
            Load load = read(archive(order.stream()
                    .map(part -> part.equals("activite")
                            ? Map.entry("extraction/ps-libreacces-personne-activite.txt", activities)
                            : Map.entry("extraction/ps-libreacces-savoirfaire.txt", specialties))
                    .toList()));

            assertThat(load.failure()).isNull();
            assertThat(directory.find(ALICE).orElseThrow().specialties()).containsExactly("SM26", "SM54");
            assertThat(load.practitioners()).isEqualTo(1);
            assertThat(load.skippedLines())
                    .extracting(line -> line.file() + ":" + line.line())
                    .containsExactly(
                            "extraction/ps-libreacces-personne-activite.txt:5",
                            "extraction/ps-libreacces-savoirfaire.txt:5");
        }
    }

    @Test
    void an_extraction_that_tells_no_specialty_anywhere_is_refused() throws IOException {
        String activities = anExtraction()
                .without("Code savoir-faire")
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .text();

        assertThat(read(activities.getBytes(StandardCharsets.UTF_8)).failure()).contains("Code savoir-faire");
        assertThat(read(archive(List.of(Map.entry("ps-libreacces-personne-activite.txt", activities))))
                        .failure())
                .contains("Code savoir-faire");
        assertThat(directory.find(ALICE)).isEmpty();
    }

    @Test
    void a_place_at_12_and_one_at_12_bis_are_two() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "75011", "PARIS"))
                .with(with(
                        at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "75011", "PARIS"),
                        "Indice répétition voie (coord. structure)",
                        "BIS")));

        assertThat(directory.find(ALICE).orElseThrow().places())
                .extracting(DirectoryPlace::line)
                .containsExactlyInAnyOrder("12 RUE DES LILAS", "12 BIS RUE DES LILAS");
    }

    @Test
    void a_place_has_the_town_street_and_phone_that_the_extraction_tells_in_its_other_columns() {
        Map<String, String> onlyOthers = activity(ALICE.value(), "DURAND", "ALICE");
        onlyOthers.put("Numéro FINESS site", "750000001");
        onlyOthers.put("Mention distribution (coord. structure)", "LIEU DIT LE BOURG");
        onlyOthers.put("Bureau cedex (coord. structure)", "75908 PARIS CEDEX 15");
        onlyOthers.put("Téléphone (coord. structure)", "poste 12");
        onlyOthers.put("Téléphone 2 (coord. structure)", "01 40 00 00 02");

        Load load = load(anExtraction().with(onlyOthers));

        DirectoryPlace place = onlyPlaceOf(ALICE);
        assertThat(place.line() + ", " + place.postalCode() + " " + place.city() + ", " + place.phone())
                .isEqualTo("LIEU DIT LE BOURG, 75908 PARIS, +33140000002");
        assertThat(load.phonesLeftOut()).isZero();
    }

    @ParameterizedTest(name = "code {0}, commune {1}, post office {2}")
    @CsvSource(textBlock = """
            75015, PARIS,    75908 PARIS CEDEX 15, 75015 PARIS
            75015, ,         75015 PARIS,          75015 PARIS
            ,      ,         75908 Paris Cedex,    75908 Paris
            75908, ,         PARIS CEDEX 15,       75908 PARIS
            ,      PARIS,    75015 PARIS,          75015 PARIS
            69001, ,         CEDEX,                69001 CEDEX
            75015, ,         75015,                75015 null
            GL,    ,         GL 5O 2QJ CHELTENHAM, GL GL 5O 2QJ CHELTENHAM
            """)
    void a_town_is_the_commune_or_what_the_post_office_says_of_it(
            String code, String commune, String postOffice, String town) {
        Map<String, String> activity = at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", code, commune);
        activity.put("Bureau cedex (coord. structure)", postOffice);

        load(anExtraction().with(activity));

        assertThat(onlyPlaceOf(ALICE).postalCode() + " " + onlyPlaceOf(ALICE).city())
                .isEqualTo(town);
    }

    private static byte[] archive(List<Map.Entry<String, String>> files) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, String> file : files) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return archive.toByteArray();
    }

    @Test
    void lines_that_share_a_structure_tell_one_place_whatever_their_order() {
        load(anExtraction()
                .with(with(
                        at(activity(ALICE.value(), "DURAND", "ALICE"), "", "12345678901234", "69001", "LYON"),
                        "Ancien identifiant de la structure",
                        "41000123456701"))
                .with(with(
                        at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "69001", "LYON"),
                        "Identifiant technique de la structure",
                        "41000123456701"))
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75011", "PARIS"))
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "75011", "Paris")));

        DirectoryPlace place = onlyPlaceOf(ALICE);
        assertThat(place.id()).isEqualTo("1750000001");
        assertThat(place.structures())
                .extracting(StructureId::value)
                .containsExactly("1750000001", "312345678901234", "41000123456701");
        assertThat(place.postalCode() + " " + place.city()).isEqualTo("75011 PARIS");
    }

    @Test
    void two_structures_at_one_address_are_two_places() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"))
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000002", "", "75011", "PARIS")));

        assertThat(directory.find(ALICE).orElseThrow().places())
                .extracting(DirectoryPlace::id)
                .containsExactly("1750000001", "1750000002");
    }

    private Load load(Extraction file) {
        return loads.load("test.txt", null, file.stream(), false).orElseThrow();
    }

    private Load read(byte[] file) {
        return loads.load("file", null, new ByteArrayInputStream(file), false).orElseThrow();
    }

    private DirectoryPlace onlyPlaceOf(PractitionerId practitioner) {
        List<DirectoryPlace> places = directory.find(practitioner).orElseThrow().places();
        assertThat(places).hasSize(1);
        return places.getFirst();
    }

    private static final class BrokenOff extends java.io.InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line was cut");
        }
    }
}
