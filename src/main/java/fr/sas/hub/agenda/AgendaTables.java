package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.EntryRows;
import fr.sas.hub.slot.Party;
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

/** The SQL of whose agendas there are, and when each is to be told to the index. */
@Repository
public class AgendaTables {

    private final JdbcClient jdbc;

    AgendaTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the agenda this transaction's alone until its end; begins it when there is none yet. */
    public void lock(Party party) {
        jdbc.sql("""
                INSERT INTO agenda_subject (subject, family, given) VALUES (?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET family = excluded.family, given = excluded.given""")
                .params(party.id().value(), party.family(), party.given().toArray(String[]::new))
                .update();
    }

    public void lock(Subject subject) {
        jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = ? FOR UPDATE")
                .param(subject.value())
                .query(Integer.class)
                .optional();
    }

    boolean exists(Subject subject) {
        return jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = ?")
                .param(subject.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whose agendas there are, by national id, from the one that follows {@code after} on. */
    public List<Subject> following(String after, int atMost) {
        return jdbc
                .sql("SELECT subject FROM agenda_subject WHERE subject > ? ORDER BY subject LIMIT ?")
                .params(after, atMost)
                .query(String.class)
                .list()
                .stream()
                .map(AgendaTables::subject)
                .toList();
    }

    /** Agendas that are due, locked until the end of the transaction; those that another node works on are passed over. */
    Set<Subject> claimDue(Instant now, int atMost) {
        return jdbc.sql("""
                        SELECT subject FROM agenda_subject WHERE due_at <= ? ORDER BY due_at LIMIT ?
                        FOR UPDATE SKIP LOCKED""").params(Timestamp.from(now), atMost).query(String.class).list().stream()
                .map(AgendaTables::subject)
                .collect(Collectors.toSet());
    }

    /** Makes these agendas due at {@code at}, if they have something to come; all of them when nobody is named. */
    void due(Collection<? extends Subject> subjects, Instant at) {
        jdbc.sql("""
                UPDATE agenda_subject SET due_at = :at
                WHERE due_at > :at AND (:all OR subject = ANY (:subjects))""")
                .param("at", Timestamp.from(at))
                .param("all", subjects.isEmpty())
                .param("subjects", values(subjects))
                .update();
    }

    Map<Subject, Party> parties(Collection<Subject> subjects) {
        Map<Subject, Party> parties = new HashMap<>();
        jdbc.sql("SELECT subject, family, given FROM agenda_subject WHERE subject = ANY (?)")
                .param(values(subjects))
                .query(rs -> {
                    Subject subject = subject(rs.getString("subject"));
                    parties.put(
                            subject, new Party(subject, rs.getString("family"), List.of(EntryRows.texts(rs, "given"))));
                });
        return parties;
    }

    /**
     * Says when each agenda is due again: when its next occurrence comes within the horizon, or at {@code atLatest};
     * never when nothing is to come.
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
