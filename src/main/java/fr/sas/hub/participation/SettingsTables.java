package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.participation.Commitment.AtCentre;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    /** Of those practitioners who ever set anything, or are salaried doctors of a health centre. */
    Map<PractitionerId, Commitment> commitmentsOf(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Settings> settings = new HashMap<>();
        Map<PractitionerId, List<AtCentre>> centres = new HashMap<>();
        String[] ids = values(practitioners);
        jdbc.query(
                """
                SELECT practitioner, settings::text, NULL AS centre, NULL AS places, NULL AS participates
                FROM participation_settings WHERE practitioner = ANY (?)
                UNION ALL
                SELECT p.practitioner, NULL, p.centre, array_agg(p.place), coalesce(bool_or(c.participates), false)
                FROM directory_salaried p LEFT JOIN participation_centre c ON c.centre = p.centre
                WHERE p.practitioner = ANY (?) GROUP BY p.practitioner, p.centre ORDER BY 1, 3""",
                rs -> {
                    PractitionerId practitioner = new PractitionerId(rs.getString(1));
                    String own = rs.getString(2);
                    if (own != null) {
                        settings.put(practitioner, read(own));
                    } else {
                        String[] places = (String[]) rs.getArray(4).getArray();
                        centres.computeIfAbsent(practitioner, id -> new ArrayList<>(1))
                                .add(new AtCentre(new StructureId(rs.getString(3)), Set.of(places), rs.getBoolean(5)));
                    }
                },
                ids,
                ids);
        Map<PractitionerId, Commitment> commitments = new HashMap<>();
        for (PractitionerId practitioner : practitioners) {
            Settings own = settings.get(practitioner);
            List<AtCentre> at = centres.get(practitioner);
            if (own != null || at != null) {
                commitments.put(
                        practitioner,
                        new Commitment(own == null ? Settings.DEFAULT : own, at == null ? List.of() : at));
            }
        }
        return commitments;
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
