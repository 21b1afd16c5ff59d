package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pool, which knows who has which of its connections: a connection whose server has vanished can be taken from who waits for its reply. */
final class LentConnections extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(LentConnections.class);

    /** Beyond this many, those that were given back are forgotten. */
    private static final int MANY = 200;

    private final Set<Lent> lent = ConcurrentHashMap.newKeySet();

    LentConnections(DataSource pool) {
        super(pool);
    }

    /** @param at by {@link System#nanoTime} */
    private record Lent(Connection connection, long at) {

        /** As the pool's own handle says, which is closed when the connection is given back. */
        boolean isOut() {
            try {
                return !connection.isClosed();
            } catch (SQLException e) {
                return false;
            }
        }

        boolean waitsForever() throws SQLException {
            return connection.getNetworkTimeout() == 0;
        }

        int backend() throws SQLException {
            return connection.unwrap(PGConnection.class).getBackendPID();
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
        Connection connection = super.getConnection();
        if (lent.size() >= MANY) {
            lent.removeIf(one -> !one.isOut());
        }
        lent.add(new Lent(connection, System.nanoTime()));
        return connection;
    }

    /** Whether some were lent before and not given back, and have no limit of their own for a reply. */
    boolean isAnyOutSince(long before) {
        return !outSince(before).isEmpty();
    }

    private List<Lent> outSince(long before) {
        return lent.stream()
                .filter(one -> one.at - before < 0 && one.isOut() && waitsForever(one))
                .toList();
    }

    private static boolean waitsForever(Lent one) {
        try {
            return one.waitsForever();
        } catch (SQLException e) {
            return false; // given back or lost meanwhile
        }
    }

    /**
     * Ends those lent before: who waits for a reply gets an exception, and the pool drops the connection.
     *
     * @param isAtWork whether the server process of this number is at work for its connection, which is then left alone
     */
    void abortLentBefore(long before, IntPredicate isAtWork) {
        for (Lent one : outSince(before)) {
            try {
                int backend = one.backend();
                if (!isAtWork.test(backend)) {
                    one.connection.abort(command -> Thread.ofVirtual().start(command));
                    log.warn("Server process {} no longer answers: what waited for it has failed", backend);
                }
            } catch (SQLException e) {
                log.debug("Given back or lost meanwhile: {}", e.getMessage());
            }
        }
    }
}
