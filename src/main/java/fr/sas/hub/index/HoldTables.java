package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The SQL of what bookings keep out of the index. */
@Repository
class HoldTables {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    HoldTables(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By subject, oldest first; subjects without holds are missing. */
    Map<String, List<Hold>> of(Collection<String> subjects) {
        Map<String, List<Hold>> holds = new HashMap<>();
        jdbc.query(
                """
                SELECT appointment, source, reference, place, start_at, end_at, word_from, others AND let_go_at IS NULL AS holds_others,
                  subject FROM index_booking WHERE subject = ANY (?) ORDER BY id""",
                rs -> {
                    holds.computeIfAbsent(rs.getString("subject"), subject -> new ArrayList<>(1))
                            .add(hold(rs));
                },
                (Object) subjects.toArray(String[]::new));
        return holds;
    }

    /** As they were at an instant in the past, without those whose slots have ended since. */
    List<Hold> at(Subject subject, Instant at) {
        return jdbc.query("""
                SELECT appointment, source, reference, place, start_at, end_at,
                  CASE WHEN let_go_at > n.at THEN let_go_at ELSE word_from END AS word_from,
                  others AND (let_go_at IS NULL OR let_go_at > n.at) AS holds_others
                FROM index_booking, (VALUES (?::timestamptz)) AS n (at)
                WHERE subject = ? AND since <= n.at ORDER BY id""", (rs, row) -> hold(rs), Timestamp.from(at), subject.value());
    }

    private static Hold hold(ResultSet rs) throws SQLException {
        return new Hold(
                rs.getObject("appointment", UUID.class),
                new Source(rs.getString("source")),
                rs.getString("reference"),
                rs.getString("place"),
                rs.getTimestamp("start_at").toInstant(),
                rs.getTimestamp("end_at").toInstant(),
                rs.getTimestamp("word_from").toInstant(),
                rs.getBoolean("holds_others"));
    }

    void keep(Subject subject, Hold hold) {
        jdbc.update(
                """
                INSERT INTO index_booking (appointment, subject, source, reference, place, start_at, end_at, word_from, others,
                  since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                hold.appointment(),
                subject.value(),
                hold.source().name(),
                hold.reference(),
                hold.place(),
                Timestamp.from(hold.start()),
                Timestamp.from(hold.end()),
                Timestamp.from(hold.wordFrom()),
                hold.others(),
                Timestamp.from(clock.instant()));
    }

    boolean areOnOthers(UUID appointment) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM index_booking WHERE appointment = ? AND others AND let_go_at IS NULL)",
                Boolean.class,
                appointment));
    }

    /** @param wordFrom every answer of the declaring source fetched from then on is believed */
    void letGo(UUID appointment, Instant at, Instant wordFrom) {
        jdbc.update(
                "UPDATE index_booking SET word_from = ?, let_go_at = coalesce(let_go_at, ?) WHERE appointment = ?",
                Timestamp.from(wordFrom),
                Timestamp.from(at),
                appointment);
    }

    /** Removes one row from the index, if it is still there. */
    List<ChangeLog.Change> removeFromIndex(Source source, Slot slot) {
        return jdbc.query(
                """
                WITH gone AS (DELETE FROM index_slot WHERE id = (SELECT id FROM index_slot
                  WHERE subject = ? AND source = ? AND place = ? AND start_at = ? AND end_at = ? AND reference = ?
                  ORDER BY id LIMIT 1) RETURNING *),
                """ + ChangeLog.KEPT + "SELECT subject, reference FROM gone",
                (rs, row) -> new ChangeLog.Change(rs.getString("subject"), rs.getString("reference"), false),
                slot.subject().value(),
                source.name(),
                slot.place(),
                Timestamp.from(slot.start()),
                Timestamp.from(slot.end()),
                slot.reference(),
                Timestamp.from(clock.instant()),
                ChangeLog.Cause.BOOKED.name());
    }

    /** The next data of these sources about the subject is compared in full. */
    void compareInFull(Subject subject, Collection<Source> sources) {
        jdbc.update(
                "UPDATE index_word SET digest = NULL WHERE subject = ? AND source = ANY (?)",
                subject.value(),
                sources.stream().map(Source::name).toArray(String[]::new));
    }

    /** Deletes some of those whose slots have ended; false if no more remain. */
    boolean sweepSomeEndedBy(Instant now, int atMost) {
        return jdbc.update("""
                        DELETE FROM index_booking WHERE id IN
                        (SELECT id FROM index_booking WHERE end_at <= ? ORDER BY end_at LIMIT ? FOR UPDATE SKIP LOCKED)""", Timestamp.from(now), atMost) > 0;
    }
}
