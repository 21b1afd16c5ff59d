package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    }

    /** @param before null for the first change */
    record Change(Instant at, String by, @Nullable Settings before, Settings after) {}

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

    void keep(PractitionerId practitioner, Kept before, Kept after, Instant at, String by) {
        jdbc.update("""
                INSERT INTO participation_settings VALUES (?, ?, ?::jsonb, ?, ?)
                ON CONFLICT (practitioner) DO UPDATE SET version = excluded.version, settings = excluded.settings,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by""", practitioner.value(), after.version, write(after.settings), Timestamp.from(at), by);
        jdbc.update(
                "INSERT INTO participation_change (at, practitioner, changed_by, before, after) VALUES (?, ?, ?, ?::jsonb, ?::jsonb)",
                Timestamp.from(at),
                practitioner.value(),
                by,
                before.version == 0 ? null : write(before.settings),
                write(after.settings));
    }

    /**
     * What was in force at an instant, and since when; null when the practitioner had never set anything by then. What was
     * set before the history begins is told by its first change.
     */
    @Nullable
    SettingsThen settingsAt(PractitionerId practitioner, Instant at) {
        return jdbc
                .query(
                        """
                        (SELECT after, at FROM participation_change WHERE practitioner = ? AND at <= ?
                         ORDER BY at DESC, id DESC LIMIT 1)
                        UNION ALL
                        (SELECT before, NULL FROM participation_change WHERE practitioner = ? AND at > ?
                         ORDER BY at, id LIMIT 1)""",
                        (rs, row) -> {
                            String settings = rs.getString(1);
                            Timestamp since = rs.getTimestamp(2);
                            return Optional.ofNullable(settings)
                                    .map(text ->
                                            new SettingsThen(read(text), since == null ? null : since.toInstant()));
                        },
                        practitioner.value(),
                        Timestamp.from(at),
                        practitioner.value(),
                        Timestamp.from(at))
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** The newest first. */
    List<Change> history(PractitionerId practitioner, int atMost) {
        return jdbc.query(
                """
                SELECT at, changed_by, before, after FROM participation_change
                WHERE practitioner = ? ORDER BY at DESC, id DESC LIMIT ?""",
                (rs, row) -> {
                    String before = rs.getString(3);
                    return new Change(
                            rs.getTimestamp(1).toInstant(),
                            rs.getString(2),
                            before == null ? null : read(before),
                            read(rs.getString(4)));
                },
                practitioner.value(),
                atMost);
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
