package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process of the database's server that serves one connection, as the server describes it.
 *
 * @param atWork also if the server does not say (PostgreSQL's {@code track_activities})
 * @param justBusy whether it has begun or finished something within five seconds
 * @param begun the present statement, or the last one; null before the first
 * @param statement a digest of its text
 * @param since when the connection was made, by {@link System#nanoTime}
 */
record ServerProcess(
        boolean atWork, boolean justBusy, @Nullable Instant begun, int statement, long since) {

    /** The server's answer takes a while. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private static final String ALL = """
            SELECT pid, coalesce(state IN ('active', 'fastpath function call', 'disabled'), false) AS at_work,
              coalesce(state_change > clock_timestamp() - interval '5 s', false) AS just_busy, query_start,
              hashtext(query) AS statement, (extract(epoch FROM clock_timestamp() - backend_start) * 1e9)::bigint AS age
            FROM pg_stat_activity WHERE datname = current_database()""";

    /** By number. */
    static Map<Integer, ServerProcess> all(Connection connection) throws SQLException {
        Map<Integer, ServerProcess> all = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            long now = System.nanoTime();
            while (rows.next()) {
                all.put(
                        rows.getInt("pid"),
                        new ServerProcess(
                                rows.getBoolean("at_work"),
                                rows.getBoolean("just_busy"),
                                Columns.instant(rows, "query_start"),
                                rows.getInt("statement"),
                                now - rows.getLong("age")));
            }
        }
        return all;
    }

    /**
     * Unless it is younger than that: another server gives the same numbers.
     *
     * @param lentAt by {@link System#nanoTime}
     */
    boolean mayServeWhatWasLent(long lentAt) {
        return since - TOLERANCE.toNanos() - lentAt <= 0;
    }

    /**
     * Whether it has been sent something since then. What it was sent in one go, such as the members of a batch, it runs one
     * after the other without receiving more: they share one text, and it is not idle in between.
     */
    boolean hasHeardSince(ServerProcess before) {
        return begun != null
                && (before.begun == null || begun.isAfter(before.begun))
                && (!before.atWork || statement != before.statement);
    }
}
