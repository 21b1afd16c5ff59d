package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for entries as they were before something of them was deleted. Booked places remain booked in any case. */
@Repository
public class DeletionTables {

    private final JdbcClient jdbc;

    DeletionTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public enum Scope {
        ENTRY,
        OCCURRENCE,
        WEEKS
    }

    /**
     * @param leftVersion version of what is left of the entry; null if nothing is
     * @param restoredVersion version of the entry as it was restored; null if it has not been
     */
    public record Deletion(
            UUID id,
            Subject subject,
            Scope scope,
            AgendaEntry.OccurrenceName name,
            @Nullable Long leftVersion,
            @Nullable Long restoredVersion) {}

    /** Stores the present state, before the deletion. @param stamp when, and by whom */
    public void save(Deletion deletion, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_deletion (id, subject, scope, entry, local_date, at, deleted_by, entries, exceptions)
                SELECT :id, :subject, :scope, :entry, :date, :at, :by,
                  (SELECT jsonb_agg(to_jsonb(e)) FROM agenda_entry e WHERE e.id = :entry OR e.stands_for = :entry),
                  ARRAY (SELECT x.local_date FROM agenda_exception x WHERE x.entry = :entry)""")
                .param("id", deletion.id())
                .param("subject", deletion.subject().value())
                .param("scope", deletion.scope().name())
                .param("entry", deletion.name().entry())
                .param("date", deletion.name().date())
                .param("at", Timestamp.from(stamp.at()))
                .param("by", stamp.by())
                .update();
    }

    public void leaves(UUID deletion, @Nullable Long version) {
        jdbc.sql("UPDATE agenda_deletion SET left_version = :version WHERE id = :deletion")
                .param("version", version)
                .param("deletion", deletion)
                .update();
    }

    public Optional<Deletion> find(Subject subject, UUID id, Instant since) {
        return jdbc.sql("SELECT * FROM agenda_deletion WHERE id = :id AND subject = :subject AND at >= :since")
                .param("id", id)
                .param("subject", subject.value())
                .param("since", Timestamp.from(since))
                .query((rs, row) -> deletion(rs, subject))
                .optional();
    }

    /** The last deletion of this occurrence by this person. @param by as in {@link AgendaEntry.Stamp} */
    public Optional<Deletion> last(Subject subject, AgendaEntry.OccurrenceName name, String by, Instant since) {
        return jdbc.sql("""
                SELECT * FROM agenda_deletion
                WHERE subject = :subject AND entry = :entry AND local_date = :date AND deleted_by = :by AND at >= :since
                  AND restored_version IS NULL
                ORDER BY at DESC LIMIT 1""")
                .param("subject", subject.value())
                .param("entry", name.entry())
                .param("date", name.date())
                .param("by", by)
                .param("since", Timestamp.from(since))
                .query((rs, row) -> deletion(rs, subject))
                .optional();
    }

    private static Deletion deletion(ResultSet rs, Subject subject) throws SQLException {
        return new Deletion(
                rs.getObject("id", UUID.class),
                subject,
                Scope.valueOf(rs.getString("scope")),
                new AgendaEntry.OccurrenceName(
                        rs.getObject("entry", UUID.class), rs.getObject("local_date", LocalDate.class)),
                rs.getObject("left_version", Long.class),
                rs.getObject("restored_version", Long.class));
    }

    public boolean isOfAnother(Subject subject, UUID id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM agenda_deletion WHERE id = :id AND subject <> :subject)")
                .param("id", id)
                .param("subject", subject.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Restores the rows, with a version that nobody has read. Nothing of the entry may be left, and its occurrences
     * must be created afterwards. Columns that the table did not have yet when the rows were stored have their default.
     */
    public void putBack(Deletion deletion, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_entry (%1$s)
                SELECT %1$s FROM (SELECT entries FROM agenda_deletion WHERE id = :id) d,
                  jsonb_populate_recordset(NULL::agenda_entry, d.entries)""".formatted(columnsOf(deletion))).param("id", deletion.id()).update();
        jdbc.sql("""
                UPDATE agenda_entry SET version = greatest(version, coalesce(:left, 0)) + 1, changed_at = :at,
                  changed_by = :by, made_until = CASE WHEN weekdays IS NOT NULL THEN date '-infinity' END
                WHERE id = :entry""")
                .param("left", deletion.leftVersion())
                .param("at", Timestamp.from(stamp.at()))
                .param("by", stamp.by())
                .param("entry", deletion.name().entry())
                .update();
        jdbc.sql("""
                INSERT INTO agenda_exception (entry, local_date)
                SELECT d.entry, unnest(d.exceptions) FROM agenda_deletion d WHERE d.id = :id""").param("id", deletion.id()).update();
        jdbc.sql("""
                UPDATE agenda_deletion SET entries = '[]', exceptions = '{}',
                  restored_version = (SELECT version FROM agenda_entry WHERE id = :entry)
                WHERE id = :id""")
                .param("entry", deletion.name().entry())
                .param("id", deletion.id())
                .update();
    }

    /** Those of the table that were stored, as they are written in a statement. */
    private String columnsOf(Deletion deletion) {
        return jdbc.sql("""
                SELECT string_agg(quote_ident(a.attname), ', ') FROM agenda_deletion d, pg_attribute a
                WHERE d.id = :id AND a.attrelid = 'agenda_entry'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.attname::text IN (SELECT jsonb_object_keys(d.entries -> 0))""").param("id", deletion.id()).query(String.class).single();
    }

    public void forgetBefore(Instant instant) {
        jdbc.sql("DELETE FROM agenda_deletion WHERE at < :instant")
                .param("instant", Timestamp.from(instant))
                .update();
    }
}
