package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A connection kept for one purpose, with a limit for each reply. It is closed rather than returned: the pool does not see
 * failures of calls that bypass it, nor what the session holds, and must not hand it to anyone else.
 */
public final class DedicatedConnection implements AutoCloseable {

    private final DataSource database;
    private final Connection connection;

    private DedicatedConnection(DataSource database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** @param repliesWithin beyond this, the connection is lost */
    public static DedicatedConnection from(DataSource database, Duration repliesWithin) throws SQLException {
        DedicatedConnection dedicated = new DedicatedConnection(database, database.getConnection());
        try {
            dedicated.connection.setNetworkTimeout(Runnable::run, (int) repliesWithin.toMillis());
            return dedicated;
        } catch (SQLException e) {
            dedicated.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (database.isWrapperFor(HikariDataSource.class)) {
                database.unwrap(HikariDataSource.class).evictConnection(connection);
            }
        }
    }
}
