package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Occurrence;
import fr.sas.hub.database.Columns;
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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for booked places. Occurrences are counted by their name, which they keep however they are changed. */
@Repository
class BookingTables {

    private final JdbcClient jdbc;

    BookingTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An occurrence that is not over. */
    record OfferedOccurrence(AgendaEntry.OccurrenceName name, int patients, Instant end) {}

    /** @param date on which it takes place, possibly in place of another date of a weekly entry */
    Optional<OfferedOccurrence> offered(Subject subject, UUID entry, LocalDate date, Instant now) {
        return jdbc.sql("""
                        SELECT coalesce(e.stands_for, e.id) AS named, coalesce(e.stands_for_date, o.local_date) AS named_date,
                          e.capacity, o.end_at
                        FROM agenda_occurrence o JOIN agenda_entry e ON e.id = o.entry
                        WHERE o.subject = :subject AND o.entry = :entry AND o.local_date = :date AND o.end_at > :now""")
                .param("subject", subject.value())
                .param("entry", entry)
                .param("date", date)
                .param("now", Timestamp.from(now))
                .query((rs, row) -> new OfferedOccurrence(
                        new AgendaEntry.OccurrenceName(
                                rs.getObject("named", UUID.class), rs.getObject("named_date", LocalDate.class)),
                        rs.getInt("capacity"),
                        Columns.requiredInstant(rs, "end_at")))
                .optional();
    }

    int count(AgendaEntry.OccurrenceName occurrence) {
        return jdbc.sql("SELECT count(*) FROM agenda_booking WHERE entry = :entry AND local_date = :date")
                .param("entry", occurrence.entry())
                .param("date", occurrence.date())
                .query(Integer.class)
                .single();
    }

    /** Of this occurrence and of those after it. */
    int countFrom(AgendaEntry.OccurrenceName occurrence) {
        return jdbc.sql("SELECT count(*) FROM agenda_booking WHERE entry = :entry AND local_date >= :date")
                .param("entry", occurrence.entry())
                .param("date", occurrence.date())
                .query(Integer.class)
                .single();
    }

    /** By date of this entry, from a date on; those without bookings are missing. */
    Map<LocalDate, Integer> countsFrom(UUID entry, LocalDate first) {
        return jdbc
                .sql("""
                        SELECT local_date, count(*) AS places FROM agenda_booking
                        WHERE entry = :entry AND local_date >= :first GROUP BY 1""")
                .param("entry", entry)
                .param("first", first)
                .query((rs, row) -> Map.entry(rs.getObject("local_date", LocalDate.class), rs.getInt("places")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** By occurrence; those without bookings are missing. */
    Map<AgendaEntry.OccurrenceName, Integer> counts(Collection<? extends Subject> subjects) {
        Map<AgendaEntry.OccurrenceName, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT entry, local_date, count(*) AS places FROM agenda_booking WHERE subject = ANY (:subjects)
                        GROUP BY 1, 2""")
                .param("subjects", subjects.stream().map(Subject::value).toArray(String[]::new))
                .query(rs -> {
                    counts.put(
                            new AgendaEntry.OccurrenceName(
                                    rs.getObject("entry", UUID.class), rs.getObject("local_date", LocalDate.class)),
                            rs.getInt("places"));
                });
        return counts;
    }

    void save(UUID booking, Subject subject, OfferedOccurrence occurrence) {
        jdbc.sql("""
                        INSERT INTO agenda_booking (booking, entry, local_date, subject, end_at)
                        VALUES (:booking, :entry, :date, :subject, :end) ON CONFLICT DO NOTHING""")
                .param("booking", booking)
                .param("entry", occurrence.name().entry())
                .param("date", occurrence.name().date())
                .param("subject", subject.value())
                .param("end", Timestamp.from(occurrence.end()))
                .update();
    }

    List<Subject> subjectsOf(UUID booking) {
        return jdbc
                .sql("SELECT DISTINCT subject FROM agenda_booking WHERE booking = :booking ORDER BY subject")
                .param("booking", booking)
                .query(String.class)
                .list()
                .stream()
                .map(value -> Subject.ofNational(value).orElseThrow())
                .toList();
    }

    void forget(UUID booking) {
        jdbc.sql("DELETE FROM agenda_booking WHERE booking = :booking")
                .param("booking", booking)
                .update();
    }

    /** Moves the bookings of an entry that takes place once along with it. @param former its date until now */
    void follow(UUID entry, LocalDate former, Occurrence now) {
        jdbc.sql("""
                        UPDATE agenda_booking SET local_date = :date, end_at = :end
                        WHERE entry = :entry AND local_date = :former""")
                .param("date", now.date())
                .param("end", Timestamp.from(now.end()))
                .param("entry", entry)
                .param("former", former)
                .update();
    }

    /** Moves bookings from this date on to the entry that follows another. */
    void move(UUID from, UUID to, LocalDate first) {
        jdbc.sql("UPDATE agenda_booking SET entry = :to WHERE entry = :from AND local_date >= :first")
                .param("to", to)
                .param("from", from)
                .param("first", first)
                .update();
    }

    /** The same for the dates before this one. */
    void moveBefore(LocalDate next, UUID from, UUID to) {
        jdbc.sql("UPDATE agenda_booking SET entry = :to WHERE entry = :from AND local_date < :next")
                .param("to", to)
                .param("from", from)
                .param("next", next)
                .update();
    }

    /** Removes some of those that ended long ago; false if there are no more. */
    boolean sweepSomeEndedBy(Instant instant, int atMost) {
        return jdbc.sql("""
                        DELETE FROM agenda_booking WHERE ctid = ANY (ARRAY(
                          SELECT ctid FROM agenda_booking WHERE end_at <= :instant ORDER BY end_at LIMIT :atMost
                            FOR UPDATE SKIP LOCKED))""")
                        .param("instant", Timestamp.from(instant))
                        .param("atMost", atMost)
                        .update()
                > 0;
    }
}
