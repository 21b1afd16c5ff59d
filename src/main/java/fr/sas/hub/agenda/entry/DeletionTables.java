package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of entries as they were before somebody deleted something of them. Places that are booked stay booked anyway. */
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

    /** @param leftVersion of what is left of the entry; null when nothing is */
    public record Deletion(
            UUID id,
            Subject subject,
            Scope scope,
            AgendaEntry.Named name,
            @Nullable Long leftVersion) {}

    /** Before it is deleted: as it is now. */
    public void keep(Deletion deletion, Instant at) {
        jdbc.sql("""
                INSERT INTO agenda_deletion (id, subject, scope, entry, local_date, at, entries, exceptions)
                SELECT :id, :subject, :scope, :entry, :date, :at,
                  (SELECT jsonb_agg(to_jsonb(e)) FROM agenda_entry e WHERE e.id = :entry OR e.stands_for = :entry),
                  ARRAY (SELECT x.local_date FROM agenda_exception x WHERE x.entry = :entry)""")
                .param("id", deletion.id())
                .param("subject", deletion.subject().value())
                .param("scope", deletion.scope().name())
                .param("entry", deletion.name().entry())
                .param("date", deletion.name().date())
                .param("at", Timestamp.from(at))
                .update();
    }

    public void leaves(UUID deletion, @Nullable Long version) {
        jdbc.sql("UPDATE agenda_deletion SET left_version = ? WHERE id = ?")
                .params(version, deletion)
                .update();
    }

    public Optional<Deletion> find(Subject subject, UUID id, Instant since) {
        return jdbc.sql("SELECT * FROM agenda_deletion WHERE id = ? AND subject = ? AND at >= ?")
                .params(id, subject.value(), Timestamp.from(since))
                .query((rs, row) -> new Deletion(
                        id,
                        subject,
                        Scope.valueOf(rs.getString("scope")),
                        new AgendaEntry.Named(
                                rs.getObject("entry", UUID.class), rs.getObject("local_date", LocalDate.class)),
                        rs.getObject("left_version", Long.class)))
                .optional();
    }

    /** Puts the rows back, in a version nobody has read; nothing is left of the entry. Its occurrences are to be made after this. */
    public void putBack(Deletion deletion, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_entry
                SELECT e.* FROM agenda_deletion d, jsonb_populate_recordset(NULL::agenda_entry, d.entries) e WHERE d.id = ?""").param(deletion.id()).update();
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
                SELECT d.entry, unnest(d.exceptions) FROM agenda_deletion d WHERE d.id = ?""").param(deletion.id()).update();
        jdbc.sql("DELETE FROM agenda_deletion WHERE id = ?")
                .param(deletion.id())
                .update();
    }

    public void forgetBefore(Instant instant) {
        jdbc.sql("DELETE FROM agenda_deletion WHERE at < ?")
                .param(Timestamp.from(instant))
                .update();
    }
}
