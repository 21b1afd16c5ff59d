package fr.sas.hub.changes;

import fr.sas.hub.database.Columns;
import fr.sas.hub.database.DatabaseRun;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.SubjectBasis;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of changes: the last position, who writes, and what consumers were last told. */
@Repository
class ChangesTables {

    /** A table that was dropped and restored is another one. */
    static final String RUN = "('changes_head'::regclass::oid || '/' || " + DatabaseRun.NAME + ")";

    /**
     * A node that stalls in the middle of a transaction would keep all others from the rows it has locked: the server ends
     * the transaction after receiving nothing for this long. Applies to this transaction only, from its first lock on.
     */
    static final String ENDED_WHEN_IDLE_FOR =
            "set_config('idle_in_transaction_session_timeout', :idleMillis::text, true)";

    private static final Duration MOST_BETWEEN_STATEMENTS = Duration.ofSeconds(5);

    private static final long LEAP_PAST_A_CLOCK_THAT_WAS_AHEAD = 1_000_000_000;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    ChangesTables(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * @param completeFrom all removals after this position are known
     * @param isOfThisRun false while the database may have lost what it had committed, and no leap says so
     */
    record Head(long position, long completeFrom, boolean isOfThisRun) {}

    Head head() {
        return jdbc.sql("SELECT position, complete_from, server_run IS NOT DISTINCT FROM " + RUN
                        + " AS of_this_run FROM changes_head")
                .query((rs, row) ->
                        new Head(rs.getLong("position"), rs.getLong("complete_from"), rs.getBoolean("of_this_run")))
                .single();
    }

    /** Records that somebody asks for changes; written once an hour at most. */
    void want() {
        jdbc.sql("""
                UPDATE changes_head SET wanted_at = clock_timestamp()
                WHERE wanted_at IS NULL OR wanted_at < clock_timestamp() - interval '1 hour'""").update();
    }

    /** @param behind the greatest age of a change that may have happened and is not written yet */
    record WriterStatus(boolean isWanted, Duration behind) {}

    WriterStatus writerStatus(Duration wantedFor) {
        return jdbc.sql("""
                        SELECT coalesce(wanted_at > clock_timestamp() - :wantedMillis * interval '1 ms', false) AS wanted,
                          extract(epoch FROM clock_timestamp() - coalesce(written_at, wanted_at)) * 1000 AS behind
                        FROM changes_head""")
                .param("wantedMillis", wantedFor.toMillis())
                .query((rs, row) -> new WriterStatus(
                        rs.getBoolean("wanted"), Duration.ofMillis(Math.max(0, (long) rs.getDouble("behind")))))
                .single();
    }

    /**
     * Makes this node the writer, or keeps it the writer.
     *
     * @return its term; empty if another node is the writer, or no consumer wants changes
     */
    Optional<Long> acquireLease(String node, Duration lease, Duration wantedFor) {
        return jdbc.sql("""
                        UPDATE changes_head SET term = CASE WHEN writer = :node THEN term ELSE term + 1 END, writer = :node,
                          lease_until = clock_timestamp() + :leaseMillis * interval '1 ms'
                        WHERE wanted_at > clock_timestamp() - :wantedMillis * interval '1 ms'
                          AND (writer IS NULL OR writer = :node OR lease_until < clock_timestamp())
                        RETURNING term""")
                .param("node", node)
                .param("leaseMillis", lease.toMillis())
                .param("wantedMillis", wantedFor.toMillis())
                .query(Long.class)
                .optional();
    }

    void leave(String node) {
        jdbc.sql("UPDATE changes_head SET writer = NULL, written_at = NULL WHERE writer = :node")
                .param("node", node)
                .update();
    }

    /** Records that everything that has happened until now is written. */
    void complete(String node) {
        jdbc.sql("UPDATE changes_head SET written_at = clock_timestamp() WHERE writer = :node")
                .param("node", node)
                .update();
    }

    /** Whether everything that happened before is written, but for what happened within this time. */
    boolean isWritten(Duration butFor) {
        return jdbc.sql("""
                        SELECT coalesce(written_at > clock_timestamp() - :millis * interval '1 ms', false) FROM changes_head""")
                .param("millis", butFor.toMillis())
                .query(Boolean.class)
                .single();
    }

    private record LockedHead(long position, boolean isOfThisRun) {}

    /** The last position, locked until the end of the transaction; empty when another node has taken over. */
    Optional<Long> lockHead(long term) {
        return jdbc.sql("SELECT position, server_run IS NOT DISTINCT FROM " + RUN + " AS of_this_run, "
                        + ENDED_WHEN_IDLE_FOR + " FROM changes_head WHERE term = :term FOR UPDATE")
                .param("term", term)
                .param("idleMillis", MOST_BETWEEN_STATEMENTS.toMillis())
                .query((rs, row) -> new LockedHead(rs.getLong("position"), rs.getBoolean("of_this_run")))
                .optional()
                .map(head -> head.isOfThisRun ? head.position : skipAhead());
    }

    /** To be called in a transaction: leaps, unless a node already has in this run of the server. */
    void skipAheadIfOfAnotherRun() {
        jdbc.sql("SELECT position, " + ENDED_WHEN_IDLE_FOR + " FROM changes_head WHERE server_run IS DISTINCT FROM "
                        + RUN + " FOR UPDATE")
                .param("idleMillis", MOST_BETWEEN_STATEMENTS.toMillis())
                .query((rs, row) -> rs.getLong("position"))
                .optional()
                .ifPresent(last -> skipAhead());
    }

    /**
     * The database may have lost commits: continues where no position can have been given out. There are fewer changes than
     * microseconds, so the present time is beyond any position reached so far, unless the clock was ahead before.
     */
    private long skipAhead() {
        return jdbc.sql("""
                        WITH before AS (
                            SELECT position, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now FROM changes_head),
                          after AS (
                            UPDATE changes_head SET server_run = """ + RUN + """
                            , position = CASE WHEN before.now > before.position THEN before.now ELSE before.position + :leap END
                            FROM before RETURNING changes_head.position)
                        INSERT INTO changes_gap (last_before, first_after)
                        SELECT before.position, after.position FROM before, after RETURNING first_after""")
                .param("leap", LEAP_PAST_A_CLOCK_THAT_WAS_AHEAD)
                .query(Long.class)
                .single();
    }

    /**
     * Whether the database has lost what a consumer at this position has received. A consumer on its way to the last position
     * has skipped what it would meet later, so every leap beyond its position counts that was made after it set out.
     */
    boolean isLost(Position position) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM changes_gap WHERE :at > last_before AND :at < first_after
                          OR :removed > last_before AND :removed < first_after
                          OR :told <> :at AND :at < first_after AND :setOut < first_after)""")
                .param("at", position.at())
                .param("told", position.told())
                .param("removed", position.removed())
                .param("setOut", position.setOut())
                .query(Boolean.class)
                .single();
    }

    /** Whether a consumer on its way has set out after a leap that lies ahead of it. */
    boolean isLeapAhead(Position position) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM changes_gap WHERE first_after > :at AND first_after <= :setOut)")
                .param("at", position.at())
                .param("setOut", position.setOut())
                .query(Boolean.class)
                .single();
    }

    void moveTo(long position) {
        jdbc.sql("UPDATE changes_head SET position = :position")
                .param("position", position)
                .update();
    }

    /** @param turnsAt when time alone changes the rendering, apart from its sources' ages; null for never */
    record StoredBasis(
            int format, SubjectBasis basis, @Nullable Instant turnsAt) {

        /** The earlier of the two instants; null for never. */
        @Nullable
        Instant lookAt() {
            Instant until = basis.until();
            return turnsAt == null || until != null && until.isBefore(turnsAt) ? until : turnsAt;
        }
    }

    /** As stored, with {@code look_at} in place of {@link SubjectBasis#until}. */
    Map<Subject, StoredBasis> bases(Collection<Subject> subjects) {
        Map<Subject, StoredBasis> bases = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, format, epoch, version, standings, turns_at, look_at FROM changes_basis
                        WHERE subject = ANY (:subjects)""").param("subjects", values(subjects)).query(rs -> {
            bases.put(
                    Subject.ofNational(rs.getString("subject")).orElseThrow(),
                    new StoredBasis(
                            rs.getInt("format"),
                            new SubjectBasis(
                                    new ReadySubjects.Stamp(rs.getLong("epoch"), rs.getLong("version")),
                                    rs.getString("standings"),
                                    Columns.instant(rs, "look_at")),
                            Columns.instant(rs, "turns_at")));
        });
        return bases;
    }

    List<Subject> due(Instant now, int atMost) {
        return jdbc.sql("SELECT subject FROM changes_basis WHERE look_at <= :now ORDER BY look_at LIMIT :atMost")
                .param("now", Timestamp.from(now))
                .param("atMost", atMost)
                .query((rs, row) -> Subject.ofNational(rs.getString("subject")).orElseThrow())
                .list();
    }

    /** The next subjects that consumers may hold, in order of national id. */
    List<Subject> after(String nationalId, int atMost) {
        return jdbc.sql("SELECT subject FROM changes_basis WHERE subject > :nationalId ORDER BY subject LIMIT :atMost")
                .param("nationalId", nationalId)
                .param("atMost", atMost)
                .query((rs, row) -> Subject.ofNational(rs.getString("subject")).orElseThrow())
                .list();
    }

    void lookAgain(Map<Subject, StoredBasis> bases) {
        List<SqlParameterSource> rows = new ArrayList<>(bases.size());
        bases.forEach((subject, basis) -> rows.add(
                new MapSqlParameterSource("subject", subject.value()).addValue("lookAt", timestamp(basis.lookAt()))));
        write("UPDATE changes_basis SET look_at = :lookAt::timestamptz WHERE subject = :subject", rows);
    }

    void saveBases(Map<Subject, StoredBasis> bases) {
        List<SqlParameterSource> rows = new ArrayList<>(bases.size());
        bases.forEach((subject, made) -> rows.add(new MapSqlParameterSource("subject", subject.value())
                .addValue("format", made.format)
                .addValue("epoch", made.basis.stamp().epoch())
                .addValue("version", made.basis.stamp().version())
                .addValue("standings", made.basis.standings())
                .addValue("turnsAt", timestamp(made.turnsAt))
                .addValue("lookAt", timestamp(made.lookAt()))));
        write("""
                INSERT INTO changes_basis (subject, format, epoch, version, standings, turns_at, look_at)
                VALUES (:subject, :format, :epoch, :version, :standings, :turnsAt::timestamptz, :lookAt::timestamptz)
                ON CONFLICT (subject) DO UPDATE SET format = excluded.format, epoch = excluded.epoch,
                  version = excluded.version, standings = excluded.standings, turns_at = excluded.turns_at,
                  look_at = excluded.look_at""", rows);
    }

    Map<Subject, List<KnownResource>> contents(Collection<Subject> subjects) {
        Map<Subject, List<KnownResource>> contents = new HashMap<>();
        jdbc.sql("SELECT subject, contents FROM changes_subject WHERE subject = ANY (:subjects)")
                .param("subjects", values(subjects))
                .query(rs -> {
                    contents.put(
                            Subject.ofNational(rs.getString("subject")).orElseThrow(),
                            KnownResourceFormat.read(rs.getBytes("contents")));
                });
        return contents;
    }

    void save(Map<Subject, SubjectComparison> changes, Map<Subject, Long> positions, Instant at) {
        List<SqlParameterSource> rows = new ArrayList<>(changes.size());
        List<SqlParameterSource> gone = new ArrayList<>();
        changes.forEach((subject, change) -> {
            long position = positions.getOrDefault(subject, 0L);
            rows.add(changeOf(subject, position, at).addValue("contents", KnownResourceFormat.write(change.present())));
            change.gone()
                    .forEach(one -> gone.add(changeOf(subject, position, at)
                            .addValue("type", one.type())
                            .addValue("id", one.id())));
        });
        write("""
                INSERT INTO changes_subject (subject, position, at, contents)
                VALUES (:subject, :position, :at, :contents)
                ON CONFLICT (subject) DO UPDATE SET position = excluded.position, at = excluded.at,
                  contents = excluded.contents""", rows);
        write("""
                INSERT INTO changes_gone (position, at, subject, type, id)
                VALUES (:position, :at, :subject, :type, :id)""", gone);
    }

    private static MapSqlParameterSource changeOf(Subject subject, long position, Instant at) {
        return new MapSqlParameterSource("subject", subject.value())
                .addValue("position", position)
                .addValue("at", Timestamp.from(at));
    }

    private void write(String sql, List<SqlParameterSource> rows) {
        batches.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
    }

    /** A row as stored. */
    record StoredSubject(String subject, long position, Instant at, List<KnownResource> resources) {}

    /** @param only national ids of the subjects wanted; null for all */
    List<StoredSubject> changedAfter(long since, long until, @Nullable Collection<String> only, int atMost) {
        return jdbc.sql("""
                        SELECT subject, position, at, contents FROM changes_subject
                        WHERE position > :since AND position <= :until AND (:all OR subject = ANY (:only))
                        ORDER BY position LIMIT :atMost""")
                .param("since", since)
                .param("until", until)
                .param("all", only == null)
                .param("only", only == null ? new String[0] : only.toArray(String[]::new))
                .param("atMost", atMost)
                .query((rs, row) -> new StoredSubject(
                        rs.getString("subject"),
                        rs.getLong("position"),
                        Columns.requiredInstant(rs, "at"),
                        KnownResourceFormat.read(rs.getBytes("contents"))))
                .list();
    }

    RecentChanges recent(long after, int atMost) {
        List<RecentChanges.Subject> subjects = new ArrayList<>();
        long[] head = new long[2];
        jdbc.sql("""
                        SELECT head.position AS last, changed.subject, changed.position,
                          greatest(head.complete_from, (SELECT max(first_after) FROM changes_gap)) AS known_from,
                          head.server_run IS NOT DISTINCT FROM\s""" + RUN + """
                         AS of_this_run
                        FROM changes_head head LEFT JOIN LATERAL (
                          SELECT subject, position FROM changes_subject WHERE position > :after AND position <= head.position
                          ORDER BY position LIMIT :atMost) changed ON true""").param("after", after).param("atMost", atMost).query(rs -> {
            head[0] = rs.getBoolean("of_this_run") ? rs.getLong("known_from") : Long.MAX_VALUE;
            head[1] = rs.getLong("last");
            String subject = rs.getString("subject");
            if (subject != null) {
                subjects.add(new RecentChanges.Subject(subject, rs.getLong("position")));
            }
        });
        return new RecentChanges(
                head[0],
                head[1],
                subjects,
                subjects.size() < atMost
                        ? head[1]
                        : subjects.stream()
                                .mapToLong(RecentChanges.Subject::position)
                                .max()
                                .orElse(head[1]));
    }

    Map<String, List<GoneResource>> goneAfter(long since, Collection<String> subjects) {
        Map<String, List<GoneResource>> gone = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, position, type, id FROM changes_gone
                        WHERE subject = ANY (:subjects) AND position > :since ORDER BY position""")
                .param("subjects", subjects.toArray(String[]::new))
                .param("since", since)
                .query(rs -> {
                    gone.computeIfAbsent(rs.getString("subject"), s -> new ArrayList<>())
                            .add(new GoneResource(rs.getString("type"), rs.getString("id"), rs.getLong("position")));
                });
        return gone;
    }

    /** The last position of changes noticed until then, considering each subject's last change only; 0 for none. */
    long positionAt(Instant instant) {
        return jdbc.sql("SELECT position FROM changes_subject WHERE at <= :instant ORDER BY position DESC LIMIT 1")
                .param("instant", Timestamp.from(instant))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** To be called before removals older than this instant are dropped. */
    void forgetBefore(Instant oldest) {
        jdbc.sql("""
                        UPDATE changes_head SET complete_from = greatest(complete_from,
                          (SELECT max(position) FROM changes_gone WHERE at < :oldest))""").param("oldest", Timestamp.from(oldest)).update();
        jdbc.sql("DELETE FROM changes_gap WHERE first_after <= (SELECT complete_from FROM changes_head)")
                .update();
        // a topic may still contain what it was told of them
        jdbc.sql("""
                DELETE FROM changes_subject
                WHERE contents IS NULL AND position <= (SELECT complete_from FROM changes_head)
                  AND NOT EXISTS (SELECT FROM changes_topic WHERE position IS NOT NULL)""").update();
    }

    private static String[] values(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
