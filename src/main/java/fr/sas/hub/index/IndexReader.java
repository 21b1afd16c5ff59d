package fr.sas.hub.index;

import static fr.sas.hub.database.Columns.instant;

import fr.sas.hub.database.Columns;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL that reads what answers are made of. */
@Repository
class IndexReader {

    private final JdbcClient jdbc;

    IndexReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row of {@code index_word}, read for serving. */
    record SourceStatusRow(SourceStatus status, @Nullable OfferContent offer) {}

    Map<Subject, List<SourceStatusRow>> statuses(Map<String, ? extends Subject> subjects) {
        Map<Subject, List<SourceStatusRow>> statuses = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, source, confirmed_at, failed_at, trouble, trouble_detail, offer FROM index_word
                        WHERE subject = ANY (:subjects)""")
                .param("subjects", subjects.keySet().toArray(String[]::new))
                .query(rs -> {
                    String offer = rs.getString("offer");
                    statuses.computeIfAbsent(
                                    Objects.requireNonNull(subjects.get(rs.getString("subject"))),
                                    s -> new ArrayList<>())
                            .add(new SourceStatusRow(status(rs), offer == null ? null : OfferContent.read(offer)));
                });
        return statuses;
    }

    /** Maps a row that begins with subject, source, confirmed_at, failed_at, trouble, trouble_detail. */
    static SourceStatus status(ResultSet rs) throws SQLException {
        String trouble = rs.getString("trouble");
        return new SourceStatus(
                new Source(rs.getString("source")),
                instant(rs, "confirmed_at"),
                instant(rs, "failed_at"),
                trouble == null
                        ? null
                        : new Answer.Trouble(Answer.Kind.valueOf(trouble), rs.getString("trouble_detail")));
    }

    /**
     * A row of {@code index_slot}, read for serving.
     *
     * @param heardInPartAt when a partial answer last contained it; null if none did
     */
    record SlotRow(
            Source source,
            Slot slot,
            Instant changedAt,
            @Nullable Instant heardInPartAt) {

        SlotRow(Source source, Slot slot, Instant changedAt) {
            this(source, slot, changedAt, null);
        }

        SlotRow heardInPart(@Nullable Instant at) {
            return new SlotRow(source, slot, changedAt, at);
        }
    }

    Map<Subject, List<SlotRow>> slots(Map<String, ? extends Subject> subjects, Instant now) {
        Map<Subject, List<SlotRow>> slots = new HashMap<>();
        Map<String, Source> sources = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, source, place, start_at, end_at, reference, content, changed_at,
                          heard_in_part_at
                        FROM index_slot WHERE subject = ANY (:subjects) AND end_at > :now
                        ORDER BY start_at, end_at, place, source, reference""")
                .param("subjects", subjects.keySet().toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .query(rs -> {
                    Subject subject = Objects.requireNonNull(subjects.get(rs.getString("subject")));
                    Slot slot = SlotContent.read(subject, rs);
                    if (slot != null) {
                        slots.computeIfAbsent(subject, s -> new ArrayList<>())
                                .add(new SlotRow(
                                        sources.computeIfAbsent(rs.getString("source"), Source::new),
                                        slot,
                                        Columns.requiredInstant(rs, "changed_at"),
                                        instant(rs, "heard_in_part_at")));
                    }
                });
        return slots;
    }

    /**
     * Any slot of the source that begins after an instant: from random pages, or from the first rows of a small table.
     */
    Optional<SlotName> anySlotOf(Source source, Instant after) {
        Timestamp at = Timestamp.from(after);
        return jdbc.sql("""
                        SELECT subject, reference FROM (
                          (SELECT 1 AS choice, subject, reference FROM index_slot TABLESAMPLE SYSTEM (0.1)
                           WHERE source = :source AND start_at > :at LIMIT 100)
                          UNION ALL
                          (SELECT 2, subject, reference FROM index_slot WHERE source = :source AND start_at > :at
                            LIMIT 100)) AS either
                        ORDER BY choice, random() LIMIT 1""")
                .param("source", source.name())
                .param("at", at)
                .query((rs, row) -> new SlotName(
                        Subject.ofNational(rs.getString("subject")).orElseThrow(), rs.getString("reference")))
                .optional();
    }

    Optional<Community> community(StructureId id) {
        return jdbc.sql("SELECT name, phone FROM index_community WHERE id = :id")
                .param("id", id.value())
                .query((rs, row) -> new Community(id, rs.getString("name"), rs.getString("phone")))
                .optional();
    }
}
