package fr.sas.hub.agenda;

import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
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

    /** In the place of the one there was. */
    void save(Subject subject, byte[] hash, Entry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_feed (subject, secret_sha256, made_at, made_by) VALUES (?, ?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET secret_sha256 = excluded.secret_sha256,
                  made_at = excluded.made_at, made_by = excluded.made_by""")
                .params(subject.value(), hash, Timestamp.from(stamp.at()), stamp.by())
                .update();
    }

    void delete(Subject subject) {
        jdbc.sql("DELETE FROM agenda_feed WHERE subject = ?")
                .param(subject.value())
                .update();
    }

    Optional<Subject> find(byte[] hash) {
        return jdbc.sql("SELECT subject FROM agenda_feed WHERE secret_sha256 = ?")
                .param(hash)
                .query(String.class)
                .optional()
                .flatMap(Subject::ofNational);
    }
}
