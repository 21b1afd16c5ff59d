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
import org.springframework.jdbc.core.JdbcTemplate;
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

    private final JdbcTemplate jdbc;
    private final Clock clock;

    AnswerInputsJournal(JdbcTemplate jdbc, Clock clock) {
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
    record Heard(
            SlotBatch batch,
            Collection<String> subjects,
            int unchanged,
            List<String> overtaken,
            int added,
            int removed) {}

    /** One row, however many subjects. */
    void heard(Heard heard) {
        SlotBatch batch = heard.batch;
        Answer.Trouble trouble = troubleOf(batch.answer());
        jdbc.update(
                """
                INSERT INTO index_heard (at, source, fetched_at, kind, trouble, trouble_detail, subjects, delivery,
                  unchanged, overtaken, added, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                Timestamp.from(clock.instant()),
                batch.source().name(),
                Timestamp.from(batch.fetchedAt()),
                kind(batch.answer()),
                trouble == null ? null : trouble.kind().name(),
                trouble == null ? null : trouble.detail(),
                heard.subjects.toArray(String[]::new),
                batch.delivery(),
                heard.unchanged,
                heard.overtaken.toArray(String[]::new),
                heard.added,
                heard.removed);
    }

    /** Earlier data was confirmed; one row, even if it concerns every subject. */
    void confirmed(Confirmation confirmation) {
        jdbc.update(
                "INSERT INTO index_heard (at, source, fetched_at, kind, subjects) VALUES (?, ?, ?, 'CONFIRMED', ?)",
                Timestamp.from(clock.instant()),
                confirmation.source().name(),
                Timestamp.from(confirmation.at()),
                confirmation.subjects().stream().map(Subject::value).toArray(String[]::new));
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
        jdbc.update(
                "INSERT INTO index_heard (at, source, fetched_at, kind, subjects) VALUES (?, ?, ?, 'ERASED', ?)",
                Timestamp.from(at),
                source,
                Timestamp.from(at),
                subjects.toArray(String[]::new));
    }

    /**
     * Records a circumstance from now on; writes nothing if it is already so.
     *
     * @param text a {@link PastDocument}; null if the circumstance has ended
     */
    @Transactional
    void isSo(String what, String who, @Nullable String text) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.query("SELECT pg_advisory_xact_lock(?, hashtext(?))", rs -> {}, CIRCUMSTANCE_LOCK, what + who);
        Boolean same = jdbc.queryForList("""
                        SELECT said IS NOT DISTINCT FROM ?::jsonb FROM index_circumstance
                        WHERE what = ? AND who = ? AND until = 'infinity'""", Boolean.class, text, what, who).stream()
                .findFirst()
                .orElse(text == null);
        if (same) {
            return;
        }
        jdbc.update("""
                UPDATE index_circumstance SET until = greatest(since, ?)
                WHERE what = ? AND who = ? AND until = 'infinity'""", now, what, who);
        if (text != null) {
            jdbc.update(
                    "INSERT INTO index_circumstance (what, who, since, said) VALUES (?, ?, ?, ?::jsonb)",
                    what,
                    who,
                    now,
                    text);
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
