package fr.sas.hub.participation;

import fr.sas.hub.agenda.hours.CentreSizes;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.StructureId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of health centres' settings. */
@Repository
class CentreTables implements CentreSizes {

    private final JdbcClient jdbc;
    private final SettingsJson json;

    CentreTables(JdbcClient jdbc, SettingsJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param version 0, and {@code changed} null, for a centre that has never saved any */
    record StoredCentreSettings(
            CentreSettings settings, long version, @Nullable SettingsChange changed) {
        static final StoredCentreSettings NOTHING = new StoredCentreSettings(CentreSettings.DEFAULT, 0, null);

        /** Null if none have ever been saved. */
        @Nullable
        CentreSettingsDocument document() {
            return version == 0 ? null : CentreSettingsDocument.of(settings, changed);
        }
    }

    /** Serializes writers of one centre's settings until the end of their transactions. */
    void lock(StructureId centre) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('settings'), hashtext(:centre))")
                .param("centre", centre.value())
                .query(rs -> {});
    }

    StoredCentreSettings stored(StructureId centre) {
        return jdbc.sql("SELECT * FROM participation_centre WHERE centre = :centre")
                .param("centre", centre.value())
                .query((rs, row) -> new StoredCentreSettings(read(rs), rs.getLong("version"), SettingsChange.of(rs)))
                .optional()
                .orElse(StoredCentreSettings.NOTHING);
    }

    /** The centres among these that participate. */
    Set<StructureId> participating(Collection<StructureId> centres) {
        return centres.isEmpty()
                ? Set.of()
                : centres(jdbc.sql(
                                "SELECT centre FROM participation_centre WHERE participates AND centre = ANY (:centres)")
                        .param(
                                "centres",
                                centres.stream().map(StructureId::value).toArray(String[]::new)));
    }

    Set<StructureId> participating() {
        return centres(jdbc.sql("SELECT centre FROM participation_centre WHERE participates"));
    }

    private static Set<StructureId> centres(JdbcClient.StatementSpec query) {
        return Set.copyOf(query.query((rs, row) -> new StructureId(rs.getString("centre")))
                .list());
    }

    private CentreSettings read(ResultSet row) throws SQLException {
        return json.read(row.getString("settings"), CentreSettingsDocument.class)
                .toSettings();
    }

    void save(StructureId centre, CentreSettings settings, long version, SettingsChange changed) {
        jdbc.sql("""
                INSERT INTO participation_centre (centre, version, settings, participates, changed_at, changed_by)
                VALUES (:centre, :version, :settings::jsonb, :participates, :at, :by)
                ON CONFLICT (centre) DO UPDATE SET version = excluded.version,
                  settings = (participation_centre.settings - :ours::text[]) || excluded.settings,
                  participates = excluded.participates, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by""")
                .param("centre", centre.value())
                .param("version", version)
                .param("settings", json.write(CentreSettingsDocument.of(settings)))
                .param("ours", SettingsJson.fields(CentreSettingsDocument.class))
                .param("participates", settings.participates())
                .param("at", Timestamp.from(changed.at()))
                .param("by", changed.by())
                .update();
    }

    void keepSize(StructureId centre, int professionals, Instant since) {
        jdbc.sql("""
                INSERT INTO participation_centre_size (centre, since, professionals)
                VALUES (:centre, :since, :professionals)
                ON CONFLICT (centre, since) DO UPDATE SET professionals = excluded.professionals""")
                .param("centre", centre.value())
                .param("since", Timestamp.from(since))
                .param("professionals", professionals)
                .update();
    }

    @Override
    public Map<StructureId, NavigableMap<Instant, Integer>> of(Collection<StructureId> centres) {
        Map<StructureId, NavigableMap<Instant, Integer>> sizes = new HashMap<>();
        jdbc.sql("SELECT centre, since, professionals FROM participation_centre_size WHERE centre = ANY (:centres)")
                .param("centres", centres.stream().map(StructureId::value).toArray(String[]::new))
                .query(row -> {
                    sizes.computeIfAbsent(new StructureId(row.getString("centre")), centre -> new TreeMap<>())
                            .put(Columns.requiredInstant(row, "since"), row.getInt("professionals"));
                });
        return sizes;
    }
}
