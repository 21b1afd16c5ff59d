package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.participation.Commitment.AtCentre;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The SQL of health centres' settings. */
@Repository
class CentreTables {

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;

    CentreTables(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param version 0 for a centre that never set anything */
    record Kept(CentreSettings settings, long version) {
        static final Kept NOTHING = new Kept(CentreSettings.DEFAULT, 0);

        /** Null when nothing was ever set. */
        @Nullable
        CentreSettingsDocument document() {
            return version == 0 ? null : CentreSettingsDocument.of(settings);
        }
    }

    /** Writers of one centre's settings follow one another until the end of their transactions. */
    void lock(StructureId centre) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtext('settings'), hashtext(?))", rs -> {}, centre.value());
    }

    Kept kept(StructureId centre) {
        return jdbc
                .query(
                        "SELECT settings, version FROM participation_centre WHERE centre = ?",
                        (rs, row) -> new Kept(read(rs.getString(1)), rs.getLong(2)),
                        centre.value())
                .stream()
                .findFirst()
                .orElse(Kept.NOTHING);
    }

    /** Of those of the structures that are health centres, by whichever of their ids. */
    Map<Subject, Commitment> commitmentsOf(Collection<StructureId> structures) {
        Map<Subject, Commitment> commitments = new HashMap<>();
        jdbc.query(
                """
                SELECT i.id, i.centre, coalesce(c.participates, false) FROM directory_centre_id i
                LEFT JOIN participation_centre c ON c.centre = i.centre WHERE i.id = ANY (?) ORDER BY i.id, i.centre""",
                rs -> {
                    String centre = rs.getString(2);
                    commitments.putIfAbsent(
                            new StructureId(rs.getString(1)),
                            new Commitment(
                                    Settings.DEFAULT,
                                    List.of(new AtCentre(new StructureId(centre), Set.of(centre), rs.getBoolean(3)))));
                },
                (Object) structures.stream().map(StructureId::value).toArray(String[]::new));
        return commitments;
    }

    void keep(StructureId centre, Kept after, Instant at, String by) {
        jdbc.update(
                """
                INSERT INTO participation_centre VALUES (?, ?, ?::jsonb, ?, ?, ?)
                ON CONFLICT (centre) DO UPDATE SET version = excluded.version, settings = excluded.settings,
                  participates = excluded.participates, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by""",
                centre.value(),
                after.version,
                write(after.settings),
                after.settings.participates(),
                Timestamp.from(at),
                by);
    }

    private CentreSettings read(String text) {
        try {
            return json.readValue(text, CentreSettingsDocument.class).toSettings();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Kept settings can always be read", e);
        }
    }

    private String write(CentreSettings settings) {
        try {
            return json.writeValueAsString(CentreSettingsDocument.of(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings can always be written", e);
        }
    }
}
