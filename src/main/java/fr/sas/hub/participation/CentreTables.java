package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.StructureId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of health centres' settings. */
@Repository
class CentreTables {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CentreTables(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param version 0, and {@code changed} null, for a centre that has never saved any */
    record Kept(
            CentreSettings settings, long version, @Nullable Changed changed) {
        static final Kept NOTHING = new Kept(CentreSettings.DEFAULT, 0, null);

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

    Kept kept(StructureId centre) {
        return jdbc.sql("SELECT * FROM participation_centre WHERE centre = :centre")
                .param("centre", centre.value())
                .query((rs, row) -> new Kept(read(rs.getString("settings")), rs.getLong("version"), Changed.of(rs)))
                .optional()
                .orElse(Kept.NOTHING);
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

    void keep(StructureId centre, CentreSettings settings, long version, Changed changed) {
        jdbc.sql("""
                INSERT INTO participation_centre (centre, version, settings, participates, changed_at, changed_by)
                VALUES (:centre, :version, :settings::jsonb, :participates, :at, :by)
                ON CONFLICT (centre) DO UPDATE SET version = excluded.version, settings = excluded.settings,
                  participates = excluded.participates, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by""")
                .param("centre", centre.value())
                .param("version", version)
                .param("settings", write(settings))
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

    private CentreSettings read(String text) {
        try {
            return json.readValue(text, CentreSettingsDocument.class).toSettings();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored settings can always be parsed", e);
        }
    }

    private String write(CentreSettings settings) {
        try {
            return json.writeValueAsString(CentreSettingsDocument.of(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings can always be serialized", e);
        }
    }
}
