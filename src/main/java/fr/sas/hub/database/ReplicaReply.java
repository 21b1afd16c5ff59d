package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a standby reports: whether it replays the log of the primary with this node's mark, and how far it is. */
record ReplicaReply(boolean isStandby, boolean isMarked, ReadReplica.Replayed replayed, Connection connection) {

    private static final String HOW_FAR = """
            SELECT pg_is_in_recovery() AS standby, EXISTS (SELECT FROM database_mark WHERE mark = :mark) AS marked,
              coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint AS position,
              pg_last_xact_replay_timestamp() AS committed_at""";

    static ReplicaReply of(JdbcClient standby, ReplicaMark mark) {
        return standby.sql(HOW_FAR)
                .param("mark", mark.value)
                .query((row, number) -> read(row, mark))
                .single();
    }

    private static ReplicaReply read(ResultSet row, ReplicaMark mark) throws SQLException {
        long position = row.getLong("position");
        Instant known = mark.knownAt(position);
        Instant committed = Columns.instant(row, "committed_at");
        return new ReplicaReply(
                row.getBoolean("standby"),
                row.getBoolean("marked"),
                new ReadReplica.Replayed(position, committed != null && committed.isAfter(known) ? committed : known),
                row.getStatement().getConnection());
    }

    boolean counts() {
        return isStandby && isMarked;
    }
}
