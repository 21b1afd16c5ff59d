package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The pool, which knows which thread uses which of its connections: if a connection's server has vanished, the connection can
 * be taken from the thread that waits for its reply.
 */
final class LentConnections extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(LentConnections.class);

    /** Beyond this many, those that were given back are forgotten. */
    private static final int MANY = 200;

    private final Set<ConnectionLease> lent = ConcurrentHashMap.newKeySet();

    LentConnections(DataSource pool) {
        super(pool);
    }

    /**
     * One loan of a connection.
     *
     * @param at by {@link System#nanoTime}
     */
    record ConnectionLease(Connection connection, long at) {

        /** As reported by the pool's own handle, which is closed when the connection is returned. */
        private boolean isOut() {
            try {
                return !connection.isClosed();
            } catch (SQLException e) {
                return false;
            }
        }

        private boolean waitsForever() {
            try {
                return connection.getNetworkTimeout() == 0;
            } catch (SQLException e) {
                return false; // given back or lost meanwhile
            }
        }

        /**
         * @param processes by number
         * @return its own; null if it is not among them, or the connection was given back or lost meanwhile
         */
        @Nullable
        ServerProcess processIn(Map<Integer, ServerProcess> processes) {
            try {
                ServerProcess process = processes.get(backend());
                return process != null && process.mayServeWhatWasLent(at) ? process : null;
            } catch (SQLException e) {
                return null;
            }
        }

        private int backend() throws SQLException {
            return connection.unwrap(PGConnection.class).getBackendPID();
        }

        /** The thread that waits for a reply gets an exception, and the pool drops the connection. */
        void abort() {
            try {
                int backend = backend();
                connection.abort(command -> Thread.ofVirtual().start(command));
                log.warn("Server process {} no longer answers: what waited for it has failed", backend);
            } catch (SQLException e) {
                log.debug("Given back or lost meanwhile: {}", e.getMessage());
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = lend();
        if (lent.size() >= MANY) {
            lent.removeIf(one -> !one.isOut());
        }
        lent.add(new ConnectionLease(connection, System.nanoTime()));
        return connection;
    }

    private Connection lend() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw e.getCause() == null && isConnected() ? new PoolExhausted(e) : e;
        }
    }

    /** The pool loses its connections to a database that is gone, and tells some of those waiting why it makes no new ones. */
    private boolean isConnected() throws SQLException {
        HikariPoolMXBean pool = unwrap(HikariDataSource.class).getHikariPoolMXBean();
        return pool != null && pool.getTotalConnections() > 0;
    }

    /** Those lent before then and not returned, that have no limit of their own for a reply. */
    List<ConnectionLease> outBefore(long instant) {
        return lent.stream()
                .filter(one -> one.at - instant < 0 && one.isOut() && one.waitsForever())
                .toList();
    }
}
