package fr.sas.hub.participation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.HubTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node of a newer release stored a field that this one does not know (docs/upgrade.md). */
@HubTest
class SettingsOfNewerNodesTest {

    private static final PractitionerId WHO = new PractitionerId("810009999991");
    private static final StructureId CENTRE = new StructureId("1750099991");
    private static final SettingsChange CHANGE = new SettingsChange(Instant.parse("2026-06-12T06:00:00Z"), "test");

    @Autowired
    SettingsTables settings;

    @Autowired
    CentreTables centres;

    @Autowired
    JdbcTemplate jdbc;

    @AfterEach
    void both_are_forgotten() {
        jdbc.update("DELETE FROM participation_settings WHERE practitioner = ?", WHO.value());
        jdbc.update("DELETE FROM participation_centre WHERE centre = ?", CENTRE.value());
    }

    @Test
    void it_stays_when_this_one_saves_a_practitioners_settings() throws Exception {
        settings.save(WHO, hiding(true), 1, CHANGE);
        jdbc.update(
                "UPDATE participation_settings SET settings = settings || '{\"newer\": [1]}' WHERE practitioner = ?",
                WHO.value());

        settings.save(WHO, hiding(false), 2, CHANGE);

        assertThat(settings.stored(WHO).settings()).isEqualTo(hiding(false));
        assertThat(stored("SELECT settings FROM participation_settings WHERE practitioner = ?", WHO.value()))
                .containsEntry("newer", List.of(1))
                .containsEntry("vendorSlotsHidden", false);
    }

    @Test
    void it_stays_when_this_one_saves_a_centres_settings_and_what_is_no_longer_stated_does_not() throws Exception {
        centres.save(CENTRE, new CentreSettings(4, true, true), 1, CHANGE);
        jdbc.update(
                "UPDATE participation_centre SET settings = settings || '{\"newer\": [1]}' WHERE centre = ?",
                CENTRE.value());

        centres.save(CENTRE, CentreSettings.DEFAULT, 2, CHANGE);

        assertThat(centres.stored(CENTRE).settings()).isEqualTo(CentreSettings.DEFAULT);
        assertThat(stored("SELECT settings FROM participation_centre WHERE centre = ?", CENTRE.value()))
                .containsEntry("newer", List.of(1))
                .doesNotContainKey("participatingProfessionals");
    }

    private static Settings hiding(boolean vendorSlots) {
        return Settings.builder().vendorSlotsHidden(vendorSlots).build();
    }

    private Map<String, Object> stored(String query, String id) throws Exception {
        return new ObjectMapper().readValue(jdbc.queryForObject(query, String.class, id), new TypeReference<>() {});
    }
}
