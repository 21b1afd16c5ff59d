package fr.sas.hub.agenda.feed;

import fr.sas.hub.access.Person;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of whose agenda is read at which address, known by the hash of its secret. */
@Repository
class FeedTables {

    private final JdbcClient jdbc;

    FeedTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** There is none before. */
    void save(Subject subject, byte[] hash, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_feed (subject, secret_sha256, made_at, made_by) VALUES (?, ?, ?, ?)""")
                .params(subject.value(), hash, Timestamp.from(stamp.at()), stamp.by())
                .update();
    }

    /** @return when the one was made that there was */
    Optional<Instant> delete(Subject subject) {
        return jdbc.sql("DELETE FROM agenda_feed WHERE subject = ? RETURNING made_at")
                .param(subject.value())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** @return when the one was made that there was, if this person made it; whoever's client they called by */
    Optional<Instant> delete(Subject subject, Person maker) {
        String by = " for " + maker;
        return jdbc.sql("DELETE FROM agenda_feed WHERE subject = ? AND right(made_by, ?) = ? RETURNING made_at")
                .params(subject.value(), by.length(), by)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    Optional<Instant> madeAt(Subject subject) {
        return jdbc.sql("SELECT made_at FROM agenda_feed WHERE subject = ?")
                .param(subject.value())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    Optional<Subject> find(byte[] hash) {
        return jdbc.sql("SELECT subject FROM agenda_feed WHERE secret_sha256 = ?")
                .param(hash)
                .query(String.class)
                .optional()
                .flatMap(Subject::ofNational);
    }
}
