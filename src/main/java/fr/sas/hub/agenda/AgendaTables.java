package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.EntryRows;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for the owners of agendas, and for when each agenda is to be published to the index. */
@Repository
public class AgendaTables {

    private final JdbcClient jdbc;

    AgendaTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the agenda until the end of the transaction; creates it if there is none yet. */
    public void lock(NamedSubject party) {
        jdbc.sql("""
                INSERT INTO agenda_subject (subject, family, given) VALUES (:id, :family, :given)
                ON CONFLICT (subject) DO UPDATE SET family = excluded.family, given = excluded.given""")
                .param("id", party.id().value())
                .param("family", party.family())
                .param("given", party.given().toArray(String[]::new))
                .update();
    }

    public void lock(Subject subject) {
        jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = :subject FOR UPDATE")
                .param("subject", subject.value())
                .query(Integer.class)
                .optional();
    }

    boolean exists(Subject subject) {
        return jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = :subject")
                .param("subject", subject.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** The owners of agendas, by national id, beginning with the one that follows {@code after}. */
    public List<Subject> following(String after, int atMost) {
        return jdbc
                .sql("SELECT subject FROM agenda_subject WHERE subject > :after ORDER BY subject LIMIT :atMost")
                .param("after", after)
                .param("atMost", atMost)
                .query(String.class)
                .list()
                .stream()
                .map(AgendaTables::subject)
                .toList();
    }

    /** Agendas that are due, locked until the end of the transaction; skips those that another node is working on. */
    Set<Subject> claimDue(Instant now, int atMost) {
        return jdbc
                .sql("""
                        SELECT subject FROM agenda_subject WHERE due_at <= :now ORDER BY due_at LIMIT :atMost
                        FOR UPDATE SKIP LOCKED""")
                .param("now", Timestamp.from(now))
                .param("atMost", atMost)
                .query(String.class)
                .list()
                .stream()
                .map(AgendaTables::subject)
                .collect(Collectors.toSet());
    }

    /**
     * Makes these agendas due at {@code at}, if something in them is still to come; all of them if the list is empty.
     */
    void due(Collection<? extends Subject> subjects, Instant at) {
        jdbc.sql("""
                UPDATE agenda_subject SET due_at = :at
                WHERE due_at > :at AND (:all OR subject = ANY (:subjects))""")
                .param("at", Timestamp.from(at))
                .param("all", subjects.isEmpty())
                .param("subjects", values(subjects))
                .update();
    }

    Map<Subject, NamedSubject> parties(Collection<Subject> subjects) {
        Map<Subject, NamedSubject> parties = new HashMap<>();
        jdbc.sql("SELECT subject, family, given FROM agenda_subject WHERE subject = ANY (:subjects)")
                .param("subjects", values(subjects))
                .query(rs -> {
                    Subject subject = subject(rs.getString("subject"));
                    parties.put(
                            subject,
                            new NamedSubject(subject, rs.getString("family"), List.of(EntryRows.texts(rs, "given"))));
                });
        return parties;
    }

    /**
     * Sets when each agenda is due again: when its next occurrence comes within the horizon, at {@code atLatest} at the
     * latest; never if nothing is to come.
     */
    void plan(Collection<Subject> subjects, Instant now, Instant horizonEnd, Instant atLatest) {
        jdbc.sql("""
                UPDATE agenda_subject s SET due_at = (
                  SELECT CASE WHEN count(*) > 0 OR EXISTS (SELECT 1 FROM agenda_entry e WHERE e.subject = s.subject
                    AND e.weekdays IS NOT NULL AND e.made_until < coalesce(e.last_date, 'infinity')) THEN
                    least(min(o.start_at) FILTER (WHERE o.start_at > t.horizon_end) - (t.horizon_end - t.now), t.latest) END
                  FROM agenda_occurrence o WHERE o.subject = s.subject AND o.end_at > t.now)
                FROM (SELECT CAST(:now AS timestamptz) AS now, CAST(:end AS timestamptz) AS horizon_end,
                             CAST(:latest AS timestamptz) AS latest) t
                WHERE s.subject = ANY (:subjects)""")
                .param("subjects", values(subjects))
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(horizonEnd))
                .param("latest", Timestamp.from(atLatest))
                .update();
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }

    private static Subject subject(String value) {
        return Subject.ofNational(value).orElseThrow();
    }
}
