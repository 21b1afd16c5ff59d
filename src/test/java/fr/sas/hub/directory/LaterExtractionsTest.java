package fr.sas.hub.directory;

import static fr.sas.hub.directory.Activities.at;
import static fr.sas.hub.testing.Extraction.activity;
import static fr.sas.hub.testing.Extraction.anExtraction;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Extraction;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What one extraction after the other makes of the directory. */
@HubTest
@RecordApplicationEvents
class LaterExtractionsTest {

    private static final PractitionerId ALICE = new PractitionerId("810001234567");
    private static final PractitionerId BASILE = new PractitionerId("0750012345");

    @LocalServerPort
    int port;

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
    void reading_the_same_extraction_again_writes_and_tells_nothing(ApplicationEvents events) {
        Extraction file = anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75011", "PARIS"))
                .with(activity(BASILE.value(), "MOREL", "BASILE"));
        load(file);
        List<Map<String, Object>> before = rows();
        events.clear();

        Load again = load(file);

        assertThat(rows()).isEqualTo(before);
        assertThat(again.removed()).isZero();
        assertThat(events.stream(PractitionersChanged.class)).isEmpty();
        assertThat(events.stream(FacilitiesChanged.class)).isEmpty();
    }

    @Test
    void a_structure_that_is_told_otherwise_is_shown_otherwise_from_the_next_answer_on(ApplicationEvents events) {
        Map<String, String> alice = at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS");
        alice.put("Raison sociale site", "CABINET DES LILAS");
        load(anExtraction().with(alice));
        assertThat(HubClient.at(port)
                        .json("/fhir/PractitionerRole?practitioner.identifier=" + ALICE
                                + "&_include=PractitionerRole:organization")
                        .findValuesAsText("name"))
                .contains("CABINET DES LILAS");
        events.clear();

        alice.put("Raison sociale site", "MSP DES LILAS");
        load(anExtraction().with(alice));

        assertThat(events.stream(FacilitiesChanged.class)).hasSize(1);
        assertThat(HubClient.at(port)
                        .json("/fhir/PractitionerRole?practitioner.identifier=" + ALICE
                                + "&_include=PractitionerRole:organization")
                        .findValuesAsText("name"))
                .contains("MSP DES LILAS");
    }

    @Test
    void those_who_changed_are_told_by_name_and_get_another_version(ApplicationEvents events) {
        PractitionerId chloe = new PractitionerId("810001234569");
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"))
                .with(activity(BASILE.value(), "MOREL", "BASILE"))
                .with(activity(chloe.value(), "PETIT", "CHLOE")));
        directory.find(ALICE);
        long version = directory.requireStored(ALICE).version();
        events.clear();

        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75012", "PARIS"))
                .with(activity(chloe.value(), "PETIT", "CHLOE")));

        assertThat(events.stream(PractitionersChanged.class))
                .containsExactly(new PractitionersChanged(Set.of(ALICE, BASILE)));
        assertThat(directory.find(ALICE).orElseThrow().places().getFirst().postalCode())
                .isEqualTo("75012");
        assertThat(directory.requireStored(ALICE).version()).isGreaterThan(version);
    }

    @Test
    void a_place_keeps_its_id_when_a_later_extraction_knows_better_ones() {
        load(anExtraction().with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "", "75011", "PARIS")));
        String id = placesOf(ALICE).getFirst().id();

        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "12345678901234", "75011", "PARIS")));
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75012", "PARIS")));

        DirectoryPlace place = placesOf(ALICE).getFirst();
        assertThat(place.id()).isEqualTo(id);
        assertThat(place.structures().getFirst()).isEqualTo(new StructureId("1750000001"));
        assertThat(placesOf(ALICE)).hasSize(1);
    }

    @Test
    void a_place_that_turns_out_to_be_two_leaves_its_id_to_one_of_them() {
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "12345678901234", "75011", "PARIS")));
        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "12345678901234", "75011", "PARIS")));

        load(anExtraction()
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "750000001", "", "75011", "PARIS"))
                .with(at(activity(ALICE.value(), "DURAND", "ALICE"), "", "12345678901234", "75011", "PARIS")));

        assertThat(placesOf(ALICE))
                .extracting(place -> place.id() + " " + place.structures())
                .containsExactly("1750000001 [1750000001]", "312345678901234 [312345678901234]");
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
        assertThat(loads.load("part", null, part.stream(), true).orElseThrow().removed())
                .isEqualTo(999);
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
        return loads.load("test.txt", null, file.stream(), false).orElseThrow();
    }

    private List<DirectoryPlace> placesOf(PractitionerId practitioner) {
        return directory.find(practitioner).orElseThrow().places();
    }

    /** With the transaction that wrote each. */
    private List<Map<String, Object>> rows() {
        return jdbc.queryForList("""
                SELECT xmin::text, ctid::text, to_jsonb(d)::text FROM directory_practitioner d
                UNION ALL SELECT xmin::text, ctid::text, to_jsonb(d)::text FROM directory_place d
                UNION ALL SELECT xmin::text, ctid::text, to_jsonb(d)::text FROM directory_facility d ORDER BY 3
                """);
    }
}
