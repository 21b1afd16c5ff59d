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
 * Writes down what answers depend on and the index itself does not keep: what was heard of sources (a row per delivery),
 * and the circumstances (vendors' states, what was said of places, how long words are trusted). {@link PastReader} reads it.
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
     * What became of one batch.
     *
     * @param subjects of whom it was taken
     * @param unchanged how many of these said nothing new
     * @param overtaken of whom it was not taken, because something newer was known
     * @param added slots
     * @param removed slots
     */
    record Heard(
            SlotBatch batch,
            Collection<String> subjects,
            int unchanged,
            List<String> overtaken,
            int added,
            int removed) {}

    /** One row, whatever number of subjects. */
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

    /** What was said before was confirmed; one row, also when it is about everybody. */
    void confirmed(Confirmation confirmation) {
        jdbc.update(
                "INSERT INTO index_heard (at, source, fetched_at, kind, subjects) VALUES (?, ?, ?, 'CONFIRMED', ?)",
                Timestamp.from(clock.instant()),
                confirmation.source().name(),
                Timestamp.from(confirmation.at()),
                confirmation.subjects().stream().map(Subject::value).toArray(String[]::new));
    }

    /** The first change also tells what was so before. */
    void settingsChanged(PractitionerId practitioner, Settings before, Settings after) {
        isSo(SETTINGS, practitioner.value(), PastDocument.of(new PastDocument.SettingsChange(before, after)));
    }

    /**
     * What was said before counts no more.
     *
     * @param source empty: of every vendor
     * @param subjects none: of everybody
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
     * From now on; nothing is written when it is so already.
     *
     * @param text a {@link PastDocument}; null: nothing is so any more
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
