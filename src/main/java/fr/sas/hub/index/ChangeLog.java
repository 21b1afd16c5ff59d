package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What entered the index and what left it: a row per subject, source and cause, naming the slots, written in the transaction
 * that made the change. Positions only grow; replaying all rows yields what is stored.
 */
@Repository
class ChangeLog {

    enum Cause {
        DELIVERED,
        DELIVERED_IN_PART,
        /** It was booked. */
        BOOKED,
        /** The practitioner refuses vendors' slots. */
        REFUSED,
        /** The vendor left. */
        LEFT,
        /** It ended and was swept. */
        ENDED
    }

    /** Records what a CTE named {@code gone} deleted; its parameters are the instant {@code :now} and the {@code :cause}. */
    static final String KEPT = """
            kept AS (INSERT INTO index_slot_gone (gone_at, cause, came_at, subject, source, place, start_at, end_at,
                       reference, content, changed_at)
                     SELECT :now, :cause, came_at, subject, source, place, start_at, end_at, reference, content, changed_at
                     FROM gone)
            """;

    /** One slot that came or went, by the source's own name for it. */
    record Change(String subject, String reference, boolean added) {}

    private final JdbcClient jdbc;
    private final AnswerInputsJournal answerInputsJournal;
    private final Clock clock;

    ChangeLog(JdbcClient jdbc, AnswerInputsJournal answerInputsJournal, Clock clock) {
        this.jdbc = jdbc;
        this.answerInputsJournal = answerInputsJournal;
        this.clock = clock;
    }

    void write(Source source, Cause cause, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Boolean[] added = changes.stream().map(Change::added).toArray(Boolean[]::new);
        jdbc.sql("""
                        INSERT INTO index_change (at, source, cause, subject, added, removed,
                          added_slots, removed_slots)
                        SELECT :now, :source, :cause, subject,
                               count(*) FILTER (WHERE came), count(*) FILTER (WHERE NOT came),
                               coalesce(array_agg(reference) FILTER (WHERE came), '{}'),
                               coalesce(array_agg(reference) FILTER (WHERE NOT came), '{}')
                        FROM unnest(:subjects, :references, :came) AS n (subject, reference, came)
                        GROUP BY subject ORDER BY subject""")
                .param("now", Timestamp.from(clock.instant()))
                .param("source", source.name())
                .param("cause", cause.name())
                .param("subjects", changes.stream().map(Change::subject).toArray(String[]::new))
                .param("references", changes.stream().map(Change::reference).toArray(String[]::new))
                .param("came", added)
                .update();
    }

    /** Deletes all vendors' data about the subject. */
    void eraseVendorSlotsOf(Subject subject) {
        Map<String, ?> ofVendors = Map.of("subject", subject.value(), "agenda", Source.AGENDA.name());
        eraseWords("DELETE FROM index_word WHERE subject = :subject AND source <> :agenda", ofVendors);
        answerInputsJournal.erased("", List.of(subject.value()), clock.instant());
        remove(Cause.REFUSED, "DELETE FROM index_slot WHERE subject = :subject AND source <> :agenda", ofVendors);
    }

    /** Deletes all data of the source. */
    void eraseSource(Source source) {
        Map<String, ?> ofSource = Map.of("source", source.name());
        eraseWords("DELETE FROM index_word WHERE source = :source", ofSource);
        answerInputsJournal.erased(source.name(), List.of(), clock.instant());
        remove(Cause.LEFT, "DELETE FROM index_slot WHERE source = :source", ofSource);
    }

    /** @param deleted the parameters of the deletion */
    private void eraseWords(String deletion, Map<String, ?> deleted) {
        jdbc.sql("WITH gone AS (" + deletion + """
                         RETURNING subject, source, offer, offer_since, first_confirmed_at)
                        INSERT INTO index_offer_gone
                        SELECT :now, offer_since, subject, source, offer, first_confirmed_at FROM gone
                        WHERE offer IS NOT NULL AND offer_since IS NOT NULL""")
                .params(deleted)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Deletes some of the slots that have ended, skipping locked rows; false if no more remain. */
    boolean sweepSomeEndedBy(Instant now, int atMost) {
        int subjects = remove(Cause.ENDED, """
                DELETE FROM index_slot WHERE id IN
                (SELECT id FROM index_slot WHERE end_at <= :endedBy ORDER BY end_at LIMIT :atMost FOR UPDATE SKIP LOCKED)""", Map.of("endedBy", Timestamp.from(now), "atMost", atMost));
        return subjects > 0;
    }

    /**
     * @param deleted the parameters of the deletion
     * @return the number of rows added to the log
     */
    private int remove(Cause cause, String deletion, Map<String, ?> deleted) {
        return jdbc.sql("WITH gone AS (" + deletion + " RETURNING *), " + KEPT + """
                        INSERT INTO index_change (at, cause, source, subject, added, removed, removed_slots)
                        SELECT :now, :cause, source, subject, 0, count(*), array_agg(reference) FROM gone
                        GROUP BY source, subject ORDER BY source, subject""")
                .params(deleted)
                .param("now", Timestamp.from(clock.instant()))
                .param("cause", cause.name())
                .update();
    }
}
