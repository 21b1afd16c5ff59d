package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Takes connections to the database away from those who use them. */
public final class LostConnections {

    private static final String THOSE_KEPT_WAITING =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))";

    private final String address;

    /** @param address of the hub's database */
    public LostConnections(String address) {
        this.address = address;
    }

    /** Does it while nobody else may read these tables: whoever waits for one loses the connection in the middle of a statement. */
    public <T> T whileWaitingFor(String tables, Supplier<T> asking) {
        try (Connection holder = DriverManager.getConnection(address, "postgres", "")) {
            holder.setAutoCommit(false);
            execute(holder, "LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<T> answer = Beside.supply(asking);
            await().until(() -> {
                execute(holder, THOSE_KEPT_WAITING);
                return answer.isDone();
            });
            holder.rollback();
            return answer.join();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does it while whatever is written to this table loses its connection at the commit. */
    public <T> T whenCommitting(String table, Supplier<T> writing) {
        try (Connection own = DriverManager.getConnection(address, "postgres", "")) {
            execute(own, """
                    CREATE OR REPLACE FUNCTION lose_connection() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(30); RETURN NULL; END $$""");
            execute(
                    own,
                    "CREATE CONSTRAINT TRIGGER lose_connection AFTER INSERT OR UPDATE OR DELETE ON " + table
                            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose_connection()");
            try {
                return writing.get();
            } finally {
                execute(own, "DROP TRIGGER lose_connection ON " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    rows.next();
                }
            }
        }
    }
}
