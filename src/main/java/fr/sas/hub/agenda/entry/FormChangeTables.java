package fr.sas.hub.agenda.entry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for the changes that forms made to entries lately (docs/decisions/0087). */
@Repository
public class FormChangeTables {

    private final JdbcClient jdbc;

    FormChangeTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param form id made of the form and of what was typed; @param after the entry as the change left it */
    public void save(UUID form, AgendaEntry after, Instant at) {
        jdbc.sql("""
                INSERT INTO agenda_form_change (form, entry, version, at) VALUES (:form, :entry, :version, :at)
                ON CONFLICT (form) DO UPDATE SET version = excluded.version, at = excluded.at""")
                .param("form", form)
                .param("entry", after.id())
                .param("version", after.version())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Whether the entry is as this form has changed it: nobody has changed it since. */
    public boolean isLast(UUID form, AgendaEntry now) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM agenda_form_change
                WHERE form = :form AND entry = :entry AND version = :version)""")
                .param("form", form)
                .param("entry", now.id())
                .param("version", now.version())
                .query(Boolean.class)
                .single();
    }

    public void forgetBefore(Instant instant) {
        jdbc.sql("DELETE FROM agenda_form_change WHERE at < :instant")
                .param("instant", Timestamp.from(instant))
                .update();
    }
}
