package fr.sas.hub.agenda.feed;

import fr.sas.hub.access.Person;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for secret addresses of agendas, stored as a hash of their secret. */
@Repository
class FeedTables {

    private final JdbcClient jdbc;

    FeedTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** There must not be one yet. */
    void save(Subject subject, byte[] hash, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_feed (subject, secret_sha256, made_at, made_by) VALUES (:subject, :hash, :at, :by)""")
                .param("subject", subject.value())
                .param("hash", hash)
                .param("at", Timestamp.from(stamp.at()))
                .param("by", stamp.by())
                .update();
    }

    /** @return when the deleted address was created; empty if there was none */
    Optional<Instant> delete(Subject subject) {
        return jdbc.sql("DELETE FROM agenda_feed WHERE subject = :subject RETURNING made_at")
                .param("subject", subject.value())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** Deletes the address if this person created it, through any client. @return when it was created */
    Optional<Instant> delete(Subject subject, Person maker) {
        String by = " for " + maker;
        return jdbc.sql(
                        "DELETE FROM agenda_feed WHERE subject = :subject AND right(made_by, :length) = :by RETURNING made_at")
                .param("subject", subject.value())
                .param("length", by.length())
                .param("by", by)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    Optional<Instant> madeAt(Subject subject) {
        return jdbc.sql("SELECT made_at FROM agenda_feed WHERE subject = :subject")
                .param("subject", subject.value())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    Optional<Subject> find(byte[] hash) {
        return jdbc.sql("SELECT subject FROM agenda_feed WHERE secret_sha256 = :hash")
                .param("hash", hash)
                .query(String.class)
                .optional()
                .flatMap(Subject::ofNational);
    }
}
