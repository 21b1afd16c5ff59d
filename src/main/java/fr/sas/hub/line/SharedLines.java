package fr.sas.hub.line;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The SQL for the state of the lines that all nodes share. It never takes part in a caller's transaction: its rows are
 * contended, and a request that was sent stays sent.
 */
@Repository
class SharedLines {

    private final JdbcClient jdbc;
    private final TransactionTemplate alone;
    private final TransactionTemplate ownTransaction;

    SharedLines(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Leases the next free turns to this node. A turn is an instant of the database's clock, and passes unused if the node
     * does not use it.
     *
     * @param step time between two turns
     * @param answeredAt when this node last received an answer; null when it has not yet
     * @return nanoseconds until the first of them; empty if it would be later than {@code longest}
     */
    OptionalLong lease(Source source, int turns, Duration step, Duration longest, @Nullable Instant answeredAt) {
        double all = turns * step.toNanos() / 1e9;
        return alone.execute(status -> jdbc
                .sql("""
                        INSERT INTO line_vendor AS v (source, next_turn_at, answered_at)
                        VALUES (:source, clock_timestamp() + :seconds * interval '1 second', :answeredAt)
                        ON CONFLICT (source) DO UPDATE SET
                          next_turn_at = greatest(v.next_turn_at, clock_timestamp()) + :seconds * interval '1 second',
                          answered_at = greatest(v.answered_at, excluded.answered_at)
                        WHERE v.next_turn_at <= clock_timestamp() + :longestSeconds * interval '1 second'
                        RETURNING extract(epoch FROM next_turn_at - clock_timestamp())::double precision AS all_over""")
                .param("source", source.name())
                .param("seconds", all)
                .param("answeredAt", timestamp(answeredAt))
                .param("longestSeconds", longest.toNanos() / 1e9)
                .query((rs, row) -> rs.getDouble("all_over"))
                .list()
                .stream()
                .mapToLong(allOver -> Math.max(0, (long) ((allOver - all) * 1e9)))
                .findFirst());
    }

    /** Read by every node several times a second; there is one row per vendor. */
    Map<Source, SharedTrouble> all() {
        Map<Source, SharedTrouble> all = new HashMap<>();
        jdbc.sql("SELECT source, failures, failed_at, answered_at, quiet_until, broken, trial_until FROM line_vendor")
                .query(rs -> {
                    all.put(new Source(rs.getString("source")), trouble(rs));
                });
        return all;
    }

    /** @return the resulting state, whether or not this failure concerns all nodes */
    SharedTrouble failed(Source source, SharedTrouble.Failure failure) {
        return ownTransaction.execute(status -> {
            jdbc.sql("INSERT INTO line_vendor (source) VALUES (:source) ON CONFLICT DO NOTHING")
                    .param("source", source.name())
                    .update();
            SharedTrouble before = jdbc.sql("""
                            SELECT failures, failed_at, answered_at, quiet_until, broken, trial_until
                            FROM line_vendor WHERE source = :source FOR UPDATE""")
                    .param("source", source.name())
                    .query((rs, row) -> trouble(rs))
                    .single();
            if (!before.concernsAll(failure)) {
                endTrial(source);
                return before;
            }
            SharedTrouble now = before.after(failure);
            jdbc.sql("""
                            UPDATE line_vendor SET failures = :failures, failed_at = :failedAt,
                              quiet_until = :quietUntil, broken = :broken, trial_until = NULL
                            WHERE source = :source""")
                    .param("failures", now.failures())
                    .param("failedAt", timestamp(now.failedAt()))
                    .param("quietUntil", timestamp(now.quietUntil()))
                    .param("broken", now.isBroken())
                    .param("source", source.name())
                    .update();
            return now;
        });
    }

    /** Records that the vendor answered a request sent after its last failure; a pause that it asked for stays in force. */
    void answered(Source source, Instant sentAt, Instant at) {
        alone.executeWithoutResult(status -> jdbc.sql("""
                        UPDATE line_vendor SET failures = 0, broken = false, trial_until = NULL, answered_at = :at
                        WHERE source = :source AND (failed_at IS NULL OR failed_at <= :sentAt)""")
                .param("at", Timestamp.from(at))
                .param("source", source.name())
                .param("sentAt", Timestamp.from(sentAt))
                .update());
    }

    /** @return whether this node may send the trial request */
    boolean takeTrial(Source source, Instant now, Instant until) {
        return Boolean.TRUE.equals(alone.execute(status -> jdbc.sql("""
                        UPDATE line_vendor SET trial_until = :until
                        WHERE source = :source AND broken AND (trial_until IS NULL OR trial_until <= :now)
                          AND (quiet_until IS NULL OR quiet_until <= :now)""")
                        .param("until", Timestamp.from(until))
                        .param("source", source.name())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0));
    }

    void endTrial(Source source) {
        jdbc.sql("UPDATE line_vendor SET trial_until = NULL WHERE source = :source")
                .param("source", source.name())
                .update();
    }

    void forgetTrouble(Source source) {
        jdbc.sql("""
                        UPDATE line_vendor SET failures = 0, failed_at = NULL, quiet_until = NULL, broken = false,
                          trial_until = NULL
                        WHERE source = :source""").param("source", source.name()).update();
    }

    void forget(Source source) {
        jdbc.sql("DELETE FROM line_vendor WHERE source = :source")
                .param("source", source.name())
                .update();
    }

    private static SharedTrouble trouble(ResultSet rs) throws SQLException {
        Instant quietUntil = Columns.instant(rs, "quiet_until");
        return new SharedTrouble(
                rs.getInt("failures"),
                Columns.instant(rs, "failed_at"),
                Columns.instant(rs, "answered_at"),
                quietUntil == null ? Instant.MIN : quietUntil,
                rs.getBoolean("broken"),
                Columns.instant(rs, "trial_until"));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null || instant.equals(Instant.MIN) ? null : Timestamp.from(instant);
    }
}
