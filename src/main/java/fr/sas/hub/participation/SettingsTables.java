package fr.sas.hub.participation;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the room. */
@Repository
class SettingsTables {

    private final JdbcClient jdbc;
    private final SettingsJson json;

    SettingsTables(JdbcClient jdbc, SettingsJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param version 0, and {@code changed} null, for a practitioner who has never saved any */
    record StoredSettings(
            Settings settings, long version, @Nullable SettingsChange changed) {
        static final StoredSettings NOTHING = new StoredSettings(Settings.DEFAULT, 0, null);

        /** Null if none have ever been saved. */
        @Nullable
        SettingsDocument document() {
            return version == 0 ? null : SettingsDocument.of(settings, changed);
        }
    }

    /** Serializes writers of one practitioner's settings until the end of their transactions. */
    void lock(PractitionerId practitioner) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('settings'), hashtext(:practitioner))")
                .param("practitioner", practitioner.value())
                .query(rs -> {});
    }

    StoredSettings stored(PractitionerId practitioner) {
        return jdbc.sql("SELECT * FROM participation_settings WHERE practitioner = :practitioner")
                .param("practitioner", practitioner.value())
                .query((rs, row) -> new StoredSettings(read(rs), rs.getLong("version"), SettingsChange.of(rs)))
                .optional()
                .orElse(StoredSettings.NOTHING);
    }

    /** Only those practitioners who have ever saved settings. */
    Map<PractitionerId, Settings> of(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Settings> settings = new HashMap<>();
        jdbc.sql("SELECT practitioner, settings FROM participation_settings WHERE practitioner = ANY (:practitioners)")
                .param("practitioners", values(practitioners))
                .query(rs -> {
                    settings.put(new PractitionerId(rs.getString("practitioner")), read(rs));
                });
        return settings;
    }

    /** Practitioners whose settings name a structure with one of these ids to participate through. */
    Set<PractitionerId> naming(Set<StructureId> structures) {
        return practitioners(jdbc.sql(
                        "SELECT practitioner FROM participation_settings WHERE settings ->> 'structure' = ANY (:structures)")
                .param("structures", structures.stream().map(StructureId::value).toArray(String[]::new)));
    }

    /** Participating by their own settings. */
    Set<PractitionerId> participating(int most) {
        return practitioners(jdbc.sql("""
                        SELECT practitioner FROM participation_settings
                        WHERE (settings ->> 'participates')::boolean LIMIT :most""").param("most", most));
    }

    Set<PractitionerId> takingReorientedPatients(int most) {
        return practitioners(jdbc.sql("""
                        SELECT practitioner FROM participation_settings
                        WHERE (settings ->> 'emergencyReorientation')::boolean LIMIT :most""").param("most", most));
    }

    /** The practitioners among these who refuse vendors' slots: read for every delivery, so the result is short. */
    Set<PractitionerId> refusing(Collection<PractitionerId> practitioners) {
        return practitioners(jdbc.sql("""
                        SELECT practitioner FROM participation_settings
                        WHERE practitioner = ANY (:practitioners) AND (settings ->> 'vendorSlotsHidden')::boolean""").param("practitioners", values(practitioners)));
    }

    private static Set<PractitionerId> practitioners(JdbcClient.StatementSpec query) {
        return Set.copyOf(query.query((rs, row) -> new PractitionerId(rs.getString("practitioner")))
                .list());
    }

    private Settings read(ResultSet row) throws SQLException {
        return json.read(row.getString("settings"), SettingsDocument.class).toSettings();
    }

    void save(PractitionerId practitioner, Settings settings, long version, SettingsChange changed) {
        jdbc.sql("""
                INSERT INTO participation_settings (practitioner, version, settings, changed_at, changed_by)
                VALUES (:practitioner, :version, :settings::jsonb, :at, :by)
                ON CONFLICT (practitioner) DO UPDATE SET version = excluded.version,
                  settings = (participation_settings.settings - :ours::text[]) || excluded.settings,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by""")
                .param("practitioner", practitioner.value())
                .param("version", version)
                .param("settings", json.write(SettingsDocument.of(settings)))
                .param("ours", SettingsJson.fields(SettingsDocument.class))
                .param("at", Timestamp.from(changed.at()))
                .param("by", changed.by())
                .update();
    }

    private static String[] values(Collection<PractitionerId> practitioners) {
        return practitioners.stream().map(PractitionerId::value).toArray(String[]::new);
    }
}
