package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of places that are taken. Occurrences are counted by the name they keep, however they are changed. */
@Repository
class BookingTables {

    private final JdbcClient jdbc;

    BookingTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An occurrence that is not over. */
    record Offered(AgendaEntry.Named name, int patients, Instant end) {}

    /** @param date of what takes place, which may stand for another date of a weekly entry */
    Optional<Offered> offered(Subject subject, UUID entry, LocalDate date, Instant now) {
        return jdbc.sql("""
                        SELECT coalesce(e.stands_for, e.id) AS named, coalesce(e.stands_for_date, o.local_date) AS named_date,
                          e.capacity, o.end_at
                        FROM agenda_occurrence o JOIN agenda_entry e ON e.id = o.entry
                        WHERE o.subject = ? AND o.entry = ? AND o.local_date = ? AND o.end_at > ?""")
                .params(subject.value(), entry, date, Timestamp.from(now))
                .query((rs, row) -> new Offered(
                        new AgendaEntry.Named(
                                rs.getObject("named", UUID.class), rs.getObject("named_date", LocalDate.class)),
                        rs.getInt("capacity"),
                        rs.getTimestamp("end_at").toInstant()))
                .optional();
    }

    int count(AgendaEntry.Named occurrence) {
        return jdbc.sql("SELECT count(*) FROM agenda_booking WHERE entry = ? AND local_date = ?")
                .params(occurrence.entry(), occurrence.date())
                .query(Integer.class)
                .single();
    }

    /** By occurrence; those of which nothing is taken are missing. */
    Map<AgendaEntry.Named, Integer> counts(Collection<? extends Subject> subjects) {
        Map<AgendaEntry.Named, Integer> counts = new HashMap<>();
        jdbc.sql(
                        "SELECT entry, local_date, count(*) AS places FROM agenda_booking WHERE subject = ANY (?) GROUP BY 1, 2")
                .param(subjects.stream().map(Subject::value).toArray(String[]::new))
                .query(rs -> {
                    counts.put(
                            new AgendaEntry.Named(
                                    rs.getObject("entry", UUID.class), rs.getObject("local_date", LocalDate.class)),
                            rs.getInt("places"));
                });
        return counts;
    }

    void keep(UUID booking, Subject subject, Offered occurrence) {
        jdbc.sql(
                        "INSERT INTO agenda_booking (booking, entry, local_date, subject, end_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(
                        booking,
                        occurrence.name().entry(),
                        occurrence.name().date(),
                        subject.value(),
                        Timestamp.from(occurrence.end()))
                .update();
    }

    List<Subject> subjectsOf(UUID booking) {
        return jdbc
                .sql("SELECT DISTINCT subject FROM agenda_booking WHERE booking = ? ORDER BY subject")
                .param(booking)
                .query(String.class)
                .list()
                .stream()
                .map(value -> Subject.ofNational(value).orElseThrow())
                .toList();
    }

    void forget(UUID booking) {
        jdbc.sql("DELETE FROM agenda_booking WHERE booking = ?").param(booking).update();
    }

    /** Bookings go with the dates of an entry that another one follows. */
    void move(UUID from, UUID to, LocalDate first) {
        jdbc.sql("UPDATE agenda_booking SET entry = ? WHERE entry = ? AND local_date >= ?")
                .params(to, from, first)
                .update();
    }

    /** The same of the dates before this one. */
    void moveBefore(LocalDate next, UUID from, UUID to) {
        jdbc.sql("UPDATE agenda_booking SET entry = ? WHERE entry = ? AND local_date < ?")
                .params(to, from, next)
                .update();
    }

    /** Some of those long over go; false when there are no more. */
    boolean sweepSomeEndedBy(Instant instant, int atMost) {
        return jdbc.sql("""
                        DELETE FROM agenda_booking WHERE ctid = ANY (ARRAY(
                          SELECT ctid FROM agenda_booking WHERE end_at <= ? ORDER BY end_at LIMIT ? FOR UPDATE SKIP LOCKED))""").params(Timestamp.from(instant), atMost).update() > 0;
    }
}
