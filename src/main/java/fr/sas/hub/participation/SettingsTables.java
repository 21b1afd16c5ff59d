package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The SQL of the room. */
@Repository
class SettingsTables {

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;

    SettingsTables(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param version 0 for a practitioner who never set anything */
    record Kept(Settings settings, long version) {
        static final Kept NOTHING = new Kept(Settings.DEFAULT, 0);

        /** Null when nothing was ever set. */
        @Nullable
        SettingsDocument document() {
            return version == 0 ? null : SettingsDocument.of(settings);
        }
    }

    /** Writers of one practitioner's settings follow one another until the end of their transactions. */
    void lock(PractitionerId practitioner) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtext('settings'), hashtext(?))", rs -> {}, practitioner.value());
    }

    Kept kept(PractitionerId practitioner) {
        return jdbc
                .query(
                        "SELECT settings, version FROM participation_settings WHERE practitioner = ?",
                        (rs, row) -> new Kept(read(rs.getString(1)), rs.getLong(2)),
                        practitioner.value())
                .stream()
                .findFirst()
                .orElse(Kept.NOTHING);
    }

    /** Those of the practitioners who ever set anything. */
    Map<PractitionerId, Settings> settingsOf(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Settings> settings = new HashMap<>();
        jdbc.query(
                "SELECT practitioner, settings FROM participation_settings WHERE practitioner = ANY (?)",
                rs -> {
                    settings.put(new PractitionerId(rs.getString(1)), read(rs.getString(2)));
                },
                (Object) values(practitioners));
        return settings;
    }

    /** Those of the practitioners who refuse vendors' slots: read for every delivery, so the answer is short. */
    Set<PractitionerId> refusing(Collection<PractitionerId> practitioners) {
        Set<PractitionerId> refusing = new HashSet<>();
        jdbc.query(
                """
                SELECT practitioner FROM participation_settings
                WHERE practitioner = ANY (?) AND (settings ->> 'vendorSlotsHidden')::boolean""",
                rs -> {
                    refusing.add(new PractitionerId(rs.getString(1)));
                },
                (Object) values(practitioners));
        return refusing;
    }

    void keep(PractitionerId practitioner, Kept after, Instant at, String by) {
        jdbc.update("""
                INSERT INTO participation_settings VALUES (?, ?, ?::jsonb, ?, ?)
                ON CONFLICT (practitioner) DO UPDATE SET version = excluded.version, settings = excluded.settings,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by""", practitioner.value(), after.version, write(after.settings), Timestamp.from(at), by);
    }

    private Settings read(String text) {
        try {
            return json.readValue(text, SettingsDocument.class).toSettings();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Kept settings can always be read", e);
        }
    }

    private String write(Settings settings) {
        try {
            return json.writeValueAsString(SettingsDocument.of(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings can always be written", e);
        }
    }

    private static String[] values(Collection<PractitionerId> practitioners) {
        return practitioners.stream().map(PractitionerId::value).toArray(String[]::new);
    }
}
