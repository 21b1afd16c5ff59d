package fr.sas.hub.index;

import fr.sas.hub.database.Columns;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what bookings keep out of the index. */
@Repository
class HoldTables {

    private final JdbcClient jdbc;
    private final Clock clock;

    HoldTables(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By subject, oldest first; subjects without holds are missing. */
    Map<String, List<BookingHold>> of(Collection<String> subjects) {
        Map<String, List<BookingHold>> holds = new HashMap<>();
        jdbc.sql("""
                        SELECT appointment, source, reference, place, start_at, end_at, word_from,
                          others AND let_go_at IS NULL AS holds_others, subject
                        FROM index_booking WHERE subject = ANY (:subjects) ORDER BY id""").param("subjects", subjects.toArray(String[]::new)).query(rs -> {
            holds.computeIfAbsent(rs.getString("subject"), subject -> new ArrayList<>(1))
                    .add(hold(rs));
        });
        return holds;
    }

    /** As they were at an instant in the past, without those whose slots have ended since. */
    List<BookingHold> at(Subject subject, Instant at) {
        return jdbc.sql("""
                        SELECT appointment, source, reference, place, start_at, end_at,
                          CASE WHEN let_go_at > n.at THEN let_go_at ELSE word_from END AS word_from,
                          others AND (let_go_at IS NULL OR let_go_at > n.at) AS holds_others
                        FROM index_booking, (VALUES (:at::timestamptz)) AS n (at)
                        WHERE subject = :subject AND since <= n.at ORDER BY id""")
                .param("at", Timestamp.from(at))
                .param("subject", subject.value())
                .query((rs, row) -> hold(rs))
                .list();
    }

    private static BookingHold hold(ResultSet rs) throws SQLException {
        return new BookingHold(
                rs.getObject("appointment", UUID.class),
                new Source(rs.getString("source")),
                rs.getString("reference"),
                rs.getString("place"),
                Columns.requiredInstant(rs, "start_at"),
                Columns.requiredInstant(rs, "end_at"),
                Columns.requiredInstant(rs, "word_from"),
                rs.getBoolean("holds_others"));
    }

    void save(Subject subject, BookingHold hold) {
        jdbc.sql("""
                        INSERT INTO index_booking (appointment, subject, source, reference, place, start_at, end_at,
                          word_from, others, since)
                        VALUES (:appointment, :subject, :source, :reference, :place, :start, :end, :wordFrom, :others, :now)""")
                .param("appointment", hold.appointment())
                .param("subject", subject.value())
                .param("source", hold.source().name())
                .param("reference", hold.reference())
                .param("place", hold.place())
                .param("start", Timestamp.from(hold.start()))
                .param("end", Timestamp.from(hold.end()))
                .param("wordFrom", Timestamp.from(hold.wordFrom()))
                .param("others", hold.others())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    boolean areOnOthers(UUID appointment) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM index_booking WHERE appointment = :appointment AND others
                        AND let_go_at IS NULL)""")
                .param("appointment", appointment)
                .query(Boolean.class)
                .single();
    }

    /** @param wordFrom every answer of the declaring source fetched from then on is believed */
    void letGo(UUID appointment, Instant at, Instant wordFrom) {
        jdbc.sql("""
                        UPDATE index_booking SET word_from = :wordFrom, let_go_at = coalesce(let_go_at, :at)
                        WHERE appointment = :appointment""")
                .param("wordFrom", Timestamp.from(wordFrom))
                .param("at", Timestamp.from(at))
                .param("appointment", appointment)
                .update();
    }

    /** Removes one row from the index, if it is still there. */
    List<ChangeLog.Change> removeFromIndex(Source source, Slot slot) {
        return jdbc.sql("""
                        WITH gone AS (DELETE FROM index_slot WHERE id = (SELECT id FROM index_slot
                          WHERE subject = :subject AND source = :source AND place = :place AND start_at = :start
                          AND end_at = :end AND reference = :reference ORDER BY id LIMIT 1) RETURNING *),
                        """ + ChangeLog.KEPT + "SELECT subject, reference FROM gone")
                .param("subject", slot.subject().value())
                .param("source", source.name())
                .param("place", slot.place())
                .param("start", Timestamp.from(slot.start()))
                .param("end", Timestamp.from(slot.end()))
                .param("reference", slot.reference())
                .param("now", Timestamp.from(clock.instant()))
                .param("cause", ChangeLog.Cause.BOOKED.name())
                .query((rs, row) -> new ChangeLog.Change(rs.getString("subject"), rs.getString("reference"), false))
                .list();
    }

    /** The next data of these sources about the subject is compared in full. */
    void compareInFull(Subject subject, Collection<Source> sources) {
        jdbc.sql("UPDATE index_word SET digest = NULL WHERE subject = :subject AND source = ANY (:sources)")
                .param("subject", subject.value())
                .param("sources", sources.stream().map(Source::name).toArray(String[]::new))
                .update();
    }

    /** Deletes some of those whose slots have ended; false if no more remain. */
    boolean sweepSomeEndedBy(Instant now, int atMost) {
        return jdbc.sql("""
                        DELETE FROM index_booking WHERE id IN
                        (SELECT id FROM index_booking WHERE end_at <= :now ORDER BY end_at LIMIT :atMost
                          FOR UPDATE SKIP LOCKED)""")
                        .param("now", Timestamp.from(now))
                        .param("atMost", atMost)
                        .update()
                > 0;
    }
}
