package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;

/**
 * Tells whether the database answers at the moment (docs/decisions/0072). A trivial query runs repeatedly on a connection of
 * its own, or one of the pool's if the server refuses another; the database counts as silent once several beats have passed
 * without a reply. Beats are counted rather than time, so that a pause of this process does not look like a silent database.
 */
@Component
public class DatabasePulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabasePulse.class);
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final int MOST_MISSED = 4;
    /** A silently broken connection is replaced after this time. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(5);

    /** After the server has refused a connection. */
    private static final Duration REFUSED = Duration.ofSeconds(2);

    private final DataSource pool;
    private final DataSource own;
    private final LostReplies lostReplies;
    private int missed;
    private volatile boolean silent;
    /** {@link DatabaseRun} that answered last; empty before the first answer. */
    private volatile String run = "";

    private final BackgroundThread asking = new BackgroundThread("database-pulse", this::ask);
    private final BackgroundThread counting = new BackgroundThread("database-pulse-count", this::count);

    DatabasePulse(DataSource database, MeterRegistry meters) throws SQLException {
        this.pool = database;
        this.own = ownConnections(database.unwrap(HikariDataSource.class));
        this.lostReplies = new LostReplies(database.unwrap(LentConnections.class));
        Gauge.builder("hub.database.silent", () -> silent ? 1 : 0)
                .description("1 while the database does not answer this node")
                .register(meters);
    }

    /** Those of the pool may all be waiting for a server that is gone. */
    private static DataSource ownConnections(HikariDataSource pool) {
        DriverManagerDataSource own =
                new DriverManagerDataSource(limited(pool.getJdbcUrl()), pool.getUsername(), pool.getPassword());
        own.setConnectionProperties(pool.getDataSourceProperties());
        return own;
    }

    /** The driver lets the last value in an address win, even over properties. */
    static String limited(String address) {
        return address
                + (address.contains("?") ? "&" : "?")
                + Stream.of("connectTimeout", "loginTimeout", "socketTimeout")
                        .map(limit -> limit + "=" + DEAD_AFTER.toSeconds())
                        .collect(Collectors.joining("&"));
    }

    public boolean isSilent() {
        return silent;
    }

    /** Whether the last reply came from this {@link DatabaseRun}, and not from another that took over. */
    public boolean isAnsweredBy(String run) {
        String last = this.run;
        return last.isEmpty() || last.equals(run);
    }

    /** @throws DatabaseSilent immediately, instead of waiting for a reply that does not come */
    public void expectAnswer() {
        if (silent) {
            throw new DatabaseSilent();
        }
    }

    @Override
    public void start() {
        asking.start();
        counting.start();
    }

    @Override
    public void stop() {
        asking.stop();
        counting.stop();
    }

    /** Before the components that depend on it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return asking.isRunning();
    }

    private void ask() {
        while (asking.goesOn()) {
            try {
                askOnOwnConnection();
            } catch (SQLException | RuntimeException e) {
                log.debug("Trying again: {}", e.getMessage());
                lostReplies.connectionLost();
                if (isRefused(e)) {
                    askOnOneOfThePool();
                } else {
                    BackgroundThread.pause(BEAT);
                }
            }
        }
    }

    private void askOnOwnConnection() throws SQLException {
        try (Connection connection = own.getConnection()) {
            ask(connection);
        }
    }

    /** Those that are open may be answered all the same. */
    private void askOnOneOfThePool() {
        try (DedicatedConnection connection = DedicatedConnection.from(pool, DEAD_AFTER)) {
            log.info("The server has no connection for the pulse, which uses one of the pool's");
            ask(connection.connection());
        } catch (SQLException | RuntimeException e) {
            log.debug("Trying again: {}", e.getMessage());
            lostReplies.connectionLost();
            BackgroundThread.pause(REFUSED);
        }
    }

    /** SQL's class 28, a login that is not accepted, and PostgreSQL's 53300, too many connections. */
    private static boolean isRefused(Exception failure) {
        String state = failure instanceof SQLException e ? e.getSQLState() : null;
        return state != null && (state.startsWith("28") || state.equals("53300"));
    }

    /** Until it fails or the hub stops. */
    private void ask(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + DatabaseRun.NAME + " AS run")) {
            while (asking.goesOn()) {
                run = serverRun(statement);
                answered();
                lostReplies.answered(connection, run);
                BackgroundThread.pause(BEAT);
            }
        }
    }

    private static String serverRun(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString("run");
        }
    }

    private void count() {
        while (counting.goesOn()) {
            BackgroundThread.pause(BEAT);
            missedOne();
        }
    }

    private synchronized void answered() {
        missed = 0;
        if (silent) {
            silent = false;
            log.warn("The database answers again");
        }
    }

    private synchronized void missedOne() {
        missed++;
        if (missed > MOST_MISSED && !silent) {
            silent = true;
            log.error("The database does not answer: {} ms without a reply", (MOST_MISSED + 1) * BEAT.toMillis());
        }
    }
}
