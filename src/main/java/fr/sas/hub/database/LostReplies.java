package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Ends the wait for replies that will not come. A server that vanishes without a word leaves connections open from which nothing is ever
 * received again; whoever waits there would wait for as long as the operating system keeps sending again, some fifteen minutes. Once
 * the {@link DatabasePulse} had to connect anew, the server is asked which of the connections lent before it still works for.
 */
final class LostReplies {

    /** Until the first look and between looks: a server that only stood still has begun with what it had been sent. */
    private static final int BEATS_BETWEEN_LOOKS = 20;

    /** Those that were at work since the last look, or that do not say. */
    private static final String AT_WORK = """
            SELECT pid FROM pg_stat_activity
            WHERE state IN ('active', 'disabled') OR state_change > clock_timestamp() - interval '5 s'""";

    private final LentConnections lent;
    private String run = "";
    private long lastReply = System.nanoTime();

    private boolean inDoubt;
    private String runBefore = "";
    private long doubtfulBefore;
    private int beats;

    LostReplies(LentConnections lent) {
        this.lent = lent;
    }

    /** The pulse has lost its connection, or could not make one. */
    void connectionLost() {
        inDoubt = true;
        runBefore = run;
        doubtfulBefore = lastReply;
        beats = 0;
    }

    /** The pulse was answered on this connection, by this {@link DatabaseRun}. */
    void answered(Connection connection, String run) throws SQLException {
        this.run = run;
        lastReply = System.nanoTime();
        if (inDoubt) {
            look(connection);
        }
    }

    private void look(Connection connection) throws SQLException {
        if (!lent.isAnyOutSince(doubtfulBefore)) {
            inDoubt = false;
        } else if (!run.equals(runBefore)) {
            lent.abortLentBefore(doubtfulBefore, backend -> false);
        } else if (++beats % BEATS_BETWEEN_LOOKS == 0) {
            lent.abortLentBefore(doubtfulBefore, atWork(connection)::contains);
        }
    }

    private static Set<Integer> atWork(Connection connection) throws SQLException {
        Set<Integer> atWork = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(AT_WORK)) {
            while (rows.next()) {
                atWork.add(rows.getInt("pid"));
            }
        }
        return atWork;
    }
}
