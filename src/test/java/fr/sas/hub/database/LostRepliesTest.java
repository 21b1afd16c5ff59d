package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.jdbc.PgConnection;

/** Whose reply is lost once the pulse had to connect anew. A connection at rest stands for one whose reply never came. */
class LostRepliesTest {

    private static final String RUN = "1@1";
    private static final Duration BEAT = Duration.ofMillis(250);

    private HikariDataSource pool;
    private LentConnections lent;
    private LostReplies replies;
    private Connection pulse;

    @BeforeEach
    void a_pool_and_a_pulse() throws SQLException {
        pool = new HikariDataSource();
        pool.setJdbcUrl(TestDatabase.fresh());
        pool.setMaximumPoolSize(4);
        lent = new LentConnections(pool);
        replies = new LostReplies(lent);
        pulse = DriverManager.getConnection(pool.getJdbcUrl());
        replies.answered(pulse, RUN);
    }

    @AfterEach
    void they_end() throws SQLException {
        pulse.close();
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {RUN, "1@2"})
    void what_was_lent_between_the_last_reply_and_the_next_one_is_taken_back_and_nothing_that_was_lent_later(String run)
            throws SQLException {
        PgConnection lost = lent.getConnection().unwrap(PgConnection.class);
        replies.connectionLost();
        replies.answered(pulse, run);
        PgConnection later = lent.getConnection().unwrap(PgConnection.class);

        awaitWhileAnsweredBy(run, lost::isClosed);

        assertThat(later.isClosed()).isFalse();
    }

    @Test
    void a_connection_that_the_server_has_heard_from_since_may_rest_for_as_long_as_it_likes() throws SQLException {
        PgConnection heard = lent.getConnection().unwrap(PgConnection.class);
        heard.setAutoCommit(false);
        say(heard, "SELECT 1");
        PgConnection lost = lent.getConnection().unwrap(PgConnection.class);
        replies.connectionLost();
        replies.answered(pulse, RUN);
        say(heard, "SELECT 1");

        awaitWhileAnsweredBy(RUN, lost::isClosed);
        awaitWhileAnsweredBy(RUN, () -> hasRestedFor(heard, "11 s"));

        assertThat(heard.isClosed()).isFalse();
    }

    @Test
    void a_connection_that_went_on_to_another_statement_has_been_heard_from() throws SQLException {
        PgConnection heard = lent.getConnection().unwrap(PgConnection.class);
        try (Connection locking = DriverManager.getConnection(pool.getJdbcUrl())) {
            say(locking, "SELECT pg_advisory_lock(1)");
            CompletableFuture<?> working = Beside.run(() -> said(heard, "SELECT pg_advisory_xact_lock(1)"));
            await().until(() -> isAtWork(heard));
            replies.connectionLost();
            replies.answered(pulse, RUN);
            say(locking, "SELECT pg_advisory_unlock(1)");
            working.join();
        }
        say(heard, "SELECT 2");

        awaitWhileAnsweredBy(RUN, () -> hasRestedFor(heard, "11 s"));

        assertThat(heard.isClosed()).isFalse();
    }

    @Test
    void what_the_server_has_finished_since_without_hearing_more_is_a_lost_reply_as_well() throws SQLException {
        PgConnection lost = lent.getConnection().unwrap(PgConnection.class);
        try (Connection locking = DriverManager.getConnection(pool.getJdbcUrl())) {
            say(locking, "SELECT pg_advisory_lock(1)");
            CompletableFuture<?> working = Beside.run(() -> said(lost, "SELECT pg_advisory_xact_lock(1)"));
            await().until(() -> isAtWork(lost));
            replies.connectionLost();
            replies.answered(pulse, RUN);
            say(locking, "SELECT pg_advisory_unlock(1)");
            working.join();
        }

        awaitWhileAnsweredBy(RUN, lost::isClosed);
    }

    /** A process of another server may have the same number. */
    @Test
    void a_process_that_began_after_the_connection_was_lent_is_not_its_own() throws SQLException {
        long lentAt = System.nanoTime();
        int number = lent.getConnection().unwrap(PgConnection.class).getBackendPID();

        ServerProcess process = Objects.requireNonNull(ServerProcess.all(pulse).get(number));

        assertThat(process.mayServeWhatWasLent(System.nanoTime())).isTrue();
        assertThat(process.mayServeWhatWasLent(lentAt - Duration.ofHours(1).toNanos()))
                .isFalse();
    }

    /** The pulse goes on, one beat each time. */
    private void awaitWhileAnsweredBy(String run, Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(BEAT).until(() -> {
            replies.answered(pulse, run);
            return condition.call();
        });
    }

    private static void say(Connection connection, String what) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(what);
        }
    }

    private static void said(Connection connection, String what) {
        try {
            say(connection, what);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isAtWork(PgConnection connection) throws SQLException {
        return holds("state = 'active'", connection);
    }

    private boolean hasRestedFor(PgConnection connection, String length) throws SQLException {
        return connection.isClosed()
                || holds("state_change < clock_timestamp() - interval '" + length + "'", connection);
    }

    private boolean holds(String condition, PgConnection connection) throws SQLException {
        try (Statement statement = pulse.createStatement();
                var row = statement.executeQuery(
                        "SELECT " + condition + " FROM pg_stat_activity WHERE pid = " + connection.getBackendPID())) {
            return row.next() && row.getBoolean(1);
        }
    }
}
