package fr.sas.hub.directory;

import static fr.sas.hub.directory.Activities.at;
import static fr.sas.hub.testing.Extraction.activity;
import static fr.sas.hub.testing.Extraction.anExtraction;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Extraction;
import fr.sas.hub.testing.HubTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Who is a salaried doctor of a health centre, as extractions and the API move people and facilities. */
@HubTest
@RecordApplicationEvents
class SalariedDoctorsTest {

    private static final PractitionerId ALICE = new PractitionerId("810001234567");
    private static final PractitionerId BASILE = new PractitionerId("810001234568");
    private static final StructureId FINESS = new StructureId("1750000041");
    private static final StructureId SIRET = new StructureId("312345678904100");

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
    void an_extraction_brings_doctors_to_a_centre_and_takes_them_away(ApplicationEvents events) {
        is(Facility.Kind.CDS);
        load(anExtraction().with(alice()).with(activity(BASILE.value(), "MOREL", "BASILE")));
        assertThat(directory.salariedAt(FINESS)).containsExactly(ALICE);
        assertThat(told(events)).isEqualTo(new HealthCentresChanged(Set.of(SIRET), Set.of(ALICE)));

        events.clear();
        load(anExtraction().with(alice()).with(activity(BASILE.value(), "MOREL", "BASILE")));
        assertThat(events.stream(HealthCentresChanged.class)).isEmpty();

        load(anExtraction()
                .with(activity(ALICE.value(), "DURAND", "ALICE"))
                .with(activity(BASILE.value(), "MOREL", "BASILE")));
        assertThat(directory.salariedAt(FINESS)).isEmpty();
        assertThat(told(events).salaried()).containsExactly(ALICE);
    }

    @Test
    void a_doctor_whose_place_has_only_a_siret_works_at_the_centre_that_is_kept_under_the_finess() {
        load(anExtraction()
                .with(alice())
                .with(at(activity(BASILE.value(), "MOREL", "BASILE"), "", siret(), "75011", "PARIS")));
        is(Facility.Kind.CDS);

        assertThat(directory.salariedAt(FINESS)).containsExactlyInAnyOrder(ALICE, BASILE);
    }

    @Test
    void a_facility_that_becomes_a_centre_has_its_doctors_until_it_is_none(ApplicationEvents events) {
        load(anExtraction().with(alice()));
        assertThat(directory.salariedAt(FINESS)).isEmpty();

        is(Facility.Kind.CDS);
        assertThat(directory.salariedAt(FINESS)).containsExactly(ALICE);
        assertThat(told(events)).isEqualTo(new HealthCentresChanged(Set.of(FINESS, SIRET), Set.of(ALICE)));

        events.clear();
        is(Facility.Kind.MSP);
        assertThat(directory.salariedAt(FINESS)).isEmpty();
        assertThat(told(events)).isEqualTo(new HealthCentresChanged(Set.of(FINESS, SIRET), Set.of(ALICE)));
    }

    @Test
    void a_doctor_who_is_forgotten_works_nowhere(ApplicationEvents events) {
        load(anExtraction().with(alice()));
        is(Facility.Kind.CDS);
        events.clear();

        directory.delete(ALICE, null);

        assertThat(directory.salariedAt(FINESS)).isEmpty();
        assertThat(told(events).salaried()).containsExactly(ALICE);
    }

    private void is(Facility.Kind kind) {
        directory.save(new Facility(FINESS, "CDS", kind, null, "1 rue des Lilas", "75011", "PARIS"), null);
    }

    private static Map<String, String> alice() {
        return at(activity(ALICE.value(), "DURAND", "ALICE"), FINESS.value().substring(1), siret(), "75011", "PARIS");
    }

    private static String siret() {
        return SIRET.value().substring(1);
    }

    private static HealthCentresChanged told(ApplicationEvents events) {
        return events.stream(HealthCentresChanged.class)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private void load(Extraction file) {
        assertThat(loads.load("extraction.txt", null, file.stream(), true)
                        .orElseThrow()
                        .failure())
                .isNull();
    }
}
