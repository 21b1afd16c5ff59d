package fr.sas.hub.index;

import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Confirmation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what answers depend on and the index itself does not keep: what was received from sources (a row per
 * delivery) and the circumstances (vendors' states, notices about places, how long sources are trusted).
 * {@link PastReader} reads it.
 */
@Repository
class AnswerInputsJournal {

    static final String VENDOR = "vendor";
    static final String NOTICES = "notices";
    static final String FRESHNESS = "freshness";
    static final String SETTINGS = "settings";
    static final String CENTRE = "centre";
    static final String OF_THE_HUB = "hub";

    private static final int CIRCUMSTANCE_LOCK = 0x5A7;

    private final JdbcClient jdbc;
    private final Clock clock;

    AnswerInputsJournal(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The outcome of one batch.
     *
     * @param subjects for which the batch was applied
     * @param unchanged how many of these had nothing new
     * @param overtaken subjects for which it was not applied, because newer data was known
     * @param added number of slots
     * @param removed number of slots
     */
    record BatchOutcome(
            SlotBatch batch,
            Collection<String> subjects,
            int unchanged,
            List<String> overtaken,
            int added,
            int removed) {}

    /** One row, however many subjects. */
    void recordBatch(BatchOutcome outcome) {
        SlotBatch batch = outcome.batch;
        Answer.Trouble trouble = troubleOf(batch.answer());
        jdbc.sql("""
                        INSERT INTO index_heard (at, source, fetched_at, kind, trouble, trouble_detail, subjects,
                          delivery, unchanged, overtaken, added, removed)
                        VALUES (:now, :source, :fetchedAt, :kind, :trouble, :detail, :subjects,
                          :delivery, :unchanged, :overtaken, :added, :removed)""")
                .param("now", Timestamp.from(clock.instant()))
                .param("source", batch.source().name())
                .param("fetchedAt", Timestamp.from(batch.fetchedAt()))
                .param("kind", kind(batch.answer()))
                .param("trouble", trouble == null ? null : trouble.kind().name())
                .param("detail", trouble == null ? null : trouble.detail())
                .param("subjects", outcome.subjects.toArray(String[]::new))
                .param("delivery", batch.delivery())
                .param("unchanged", outcome.unchanged)
                .param("overtaken", outcome.overtaken.toArray(String[]::new))
                .param("added", outcome.added)
                .param("removed", outcome.removed)
                .update();
    }

    /** Earlier data was confirmed; one row, even if it concerns every subject. */
    void confirmed(Confirmation confirmation) {
        jdbc.sql("""
                        INSERT INTO index_heard (at, source, fetched_at, kind, subjects)
                        VALUES (:now, :source, :at, 'CONFIRMED', :subjects)""")
                .param("now", Timestamp.from(clock.instant()))
                .param("source", confirmation.source().name())
                .param("at", Timestamp.from(confirmation.at()))
                .param(
                        "subjects",
                        confirmation.subjects().stream().map(Subject::value).toArray(String[]::new))
                .update();
    }

    /** The first change also records the settings before it. */
    void settingsChanged(PractitionerId practitioner, Settings before, Settings after) {
        isSo(SETTINGS, practitioner.value(), PastDocument.of(new PastDocument.SettingsChange(before, after)));
    }

    /**
     * Earlier data no longer counts.
     *
     * @param source empty for every vendor
     * @param subjects empty for every subject
     */
    void erased(String source, List<String> subjects, Instant at) {
        jdbc.sql("""
                        INSERT INTO index_heard (at, source, fetched_at, kind, subjects)
                        VALUES (:at, :source, :at, 'ERASED', :subjects)""")
                .param("at", Timestamp.from(at))
                .param("source", source)
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    /**
     * Records a circumstance from now on; writes nothing if it is already so.
     *
     * @param text a {@link PastDocument}; null if the circumstance has ended
     */
    @Transactional
    void isSo(String what, String who, @Nullable String text) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock, hashtext(:circumstance))")
                .param("lock", CIRCUMSTANCE_LOCK)
                .param("circumstance", what + who)
                .query(rs -> {});
        boolean same = jdbc.sql("""
                        SELECT said IS NOT DISTINCT FROM :said::jsonb FROM index_circumstance
                        WHERE what = :what AND who = :who AND until = 'infinity'""")
                .param("said", text)
                .param("what", what)
                .param("who", who)
                .query(Boolean.class)
                .optional()
                .orElse(text == null);
        if (same) {
            return;
        }
        jdbc.sql("""
                        UPDATE index_circumstance SET until = greatest(since, :now)
                        WHERE what = :what AND who = :who AND until = 'infinity'""").param("now", now).param("what", what).param("who", who).update();
        if (text != null) {
            jdbc.sql("INSERT INTO index_circumstance (what, who, since, said) VALUES (:what, :who, :now, :said::jsonb)")
                    .param("what", what)
                    .param("who", who)
                    .param("now", now)
                    .param("said", text)
                    .update();
        }
    }

    private static String kind(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> "COMPLETE";
            case Answer.Partial partial -> "PARTIAL";
            case Answer.Failed failed -> "FAILED";
        };
    }

    private static Answer.@Nullable Trouble troubleOf(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> null;
            case Answer.Partial partial -> partial.trouble();
            case Answer.Failed failed -> failed.trouble();
        };
    }
}
