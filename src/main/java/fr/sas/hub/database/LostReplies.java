package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait for replies that will not come. A server that vanishes without a word leaves connections open from which nothing is ever
 * received again; a thread waiting on one would hang for as long as the operating system retransmits, some fifteen minutes. Once the
 * {@link DatabasePulse} has had to reconnect, the server is asked which of the connections lent before that it still serves.
 */
final class LostReplies {

    /** Between looks: by the second one, a server that had merely stalled has started on what it had been sent. */
    private static final int BEATS_BETWEEN_LOOKS = 20;

    private final LentConnections lent;
    private String run = "";
    /** By {@link System#nanoTime}, as the other instants. */
    private long lastReply = System.nanoTime();

    private boolean inDoubt;
    private String runBefore = "";
    /** The last reply on the connection that was lost: connections lent before it were lent by the run before. */
    private long lostAfter;
    /** The first reply on the next one, null until then: connections lent from then on are not in doubt. */
    private @Nullable Long answeredAgain;

    private int beats;
    /** At the last look; null before the first. */
    private @Nullable Map<Integer, ServerProcess> lastSeen;

    /** Lent before, but no longer in doubt. */
    private final Set<LentConnections.ConnectionLease> heard = new HashSet<>();

    LostReplies(LentConnections lent) {
        this.lent = lent;
    }

    /** The pulse has lost its connection, or could not make one. */
    void connectionLost() {
        inDoubt = true;
        runBefore = run;
        lostAfter = lastReply;
        answeredAgain = null;
        beats = 0;
        lastSeen = null;
        heard.clear();
    }

    /** The pulse was answered on this connection, by this {@link DatabaseRun}. */
    void answered(Connection connection, String run) throws SQLException {
        this.run = run;
        lastReply = System.nanoTime();
        if (inDoubt) {
            check(connection, answeredAgain == null ? lastReply : answeredAgain);
        }
    }

    private void check(Connection connection, long answeredAgain) throws SQLException {
        this.answeredAgain = answeredAgain;
        if (!runBefore.isEmpty() && !run.equals(runBefore)) {
            lent.outBefore(lostAfter).forEach(LentConnections.ConnectionLease::abort);
        }
        List<LentConnections.ConnectionLease> doubtful = lent.outBefore(answeredAgain).stream()
                .filter(one -> !heard.contains(one))
                .toList();
        inDoubt = !doubtful.isEmpty();
        if (inDoubt && beats++ % BEATS_BETWEEN_LOOKS == 0) {
            lookAt(doubtful, ServerProcess.all(connection));
        }
    }

    private void lookAt(List<LentConnections.ConnectionLease> doubtful, Map<Integer, ServerProcess> seen) {
        Map<Integer, ServerProcess> seenBefore = lastSeen;
        if (seenBefore != null) {
            doubtful.forEach(one -> judge(one, one.processIn(seenBefore), one.processIn(seen)));
        }
        lastSeen = seen;
    }

    private void judge(
            LentConnections.ConnectionLease one, @Nullable ServerProcess before, @Nullable ServerProcess now) {
        if (now == null) {
            one.abort();
        } else if (before != null && now.hasHeardSince(before)) {
            heard.add(one);
        } else if (!now.atWork() && !now.justBusy()) {
            one.abort();
        }
    }
}
