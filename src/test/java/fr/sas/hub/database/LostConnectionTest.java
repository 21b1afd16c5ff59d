package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.zaxxer.hikari.HikariDataSource;
import fr.sas.hub.access.DatabaseOutage;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.LostConnections;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A connection that the server ends, at whichever moment: a failure of the database, with the server's own reason. */
@HubTest
class LostConnectionTest {

    private static final String REASON = "terminating connection";

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    EntityManager entities;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    private LostConnections losing;
    private final Logged logged = new Logged();
    private final Logger log = (Logger) LoggerFactory.getLogger("ROOT");
    private String thread = "";

    @BeforeEach
    void a_table() throws SQLException {
        losing = new LostConnections(database.unwrap(HikariDataSource.class).getJdbcUrl());
        jdbc.execute("CREATE TABLE IF NOT EXISTS lost (number int)");
        logged.start();
        log.addAppender(logged);
        thread = Thread.currentThread().getName();
    }

    @AfterEach
    void nothing_more_is_heard() {
        log.detachAppender(logged);
    }

    @Test
    void in_a_statement_of_its_own() {
        assertThat(lost(this::write)).hasStackTraceContaining(REASON);
    }

    @Test
    void in_a_statement_of_a_transaction() {
        assertThat(lost(() -> inTransaction(this::write))).hasStackTraceContaining(REASON);
    }

    @Test
    void in_a_statement_of_a_transaction_that_only_reads() {
        assertThat(lost(() -> reading().executeWithoutResult(status -> jdbc.queryForList("SELECT * FROM lost"))))
                .hasStackTraceContaining(REASON);
    }

    @Test
    void in_a_statement_of_an_entity() {
        assertThat(lost(() -> inTransaction(() ->
                        entities.createNativeQuery("SELECT number FROM lost").getResultList())))
                .hasStackTraceContaining(REASON);
    }

    @Test
    void between_two_statements() {
        Throwable failure = failureOf(() -> inTransaction(() -> {
            endOwn();
            write();
        }));

        assertThat(failure).hasStackTraceContaining(REASON);
    }

    @Test
    void before_a_statement_of_whoever_goes_on_after_the_first_failure() {
        failureOf(() -> inTransaction(() -> {
            endOwn();
            assertThat(catchThrowable(this::write)).isNotNull();
            write();
        }));
    }

    @Test
    void before_the_commit() {
        failureOf(() -> inTransaction(() -> {
            write();
            endOwn();
        }));
    }

    @Test
    void before_the_commit_of_whoever_goes_on_after_the_first_failure() {
        failureOf(() -> inTransaction(() -> {
            endOwn();
            assertThat(catchThrowable(this::write)).isNotNull();
        }));
    }

    @Test
    void in_the_commit() {
        failureOf(() -> losing.whenCommitting("lost", () -> {
            inTransaction(this::write);
            return true;
        }));
    }

    @Test
    void before_the_rollback_whose_reason_is_what_is_told() {
        Throwable failure = catchThrowable(() -> inTransaction(() -> {
            write();
            endOwn();
            throw new IllegalArgumentException("The reason to roll back");
        }));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(DatabaseFailure.isIn(failure)).isFalse();
        assertThat(rows()).as("rolled back").isZero();
        assertNothingLogged();
    }

    @Test
    void in_the_middle_of_a_transaction_for_which_the_server_waited_too_long() {
        Throwable failure = failureOf(() -> inTransaction(() -> {
            jdbc.execute("SET LOCAL idle_in_transaction_session_timeout = 1");
            awaitEndOf(jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class));
            write();
        }));

        assertThat(failure).hasStackTraceContaining("idle-in-transaction");
    }

    @Test
    void on_a_connection_of_its_own() {
        Throwable failure = failureOf(() -> {
            try (DedicatedConnection dedicated = DedicatedConnection.from(database, Duration.ofSeconds(20));
                    var statement = dedicated.connection().createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(failure).hasStackTraceContaining(REASON);
    }

    @Test
    void a_mistake_of_whoever_asks_is_none_of_the_database() {
        assertThat(DatabaseFailure.isIn(catchThrowable(() -> inTransaction(() -> jdbc.execute("SELECT 1/0")))))
                .isFalse();
    }

    @Test
    void more_than_the_server_can_do_at_all_is_no_outage() {
        assertThat(DatabaseFailure.isIn(catchThrowable(() -> inTransaction(
                        () -> jdbc.execute("DO $$ BEGIN RAISE EXCEPTION 'too much' USING ERRCODE = '54000'; END $$")))))
                .isFalse();
    }

    @Test
    void nothing_was_changed_is_said_only_of_a_request_that_committed_nothing() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/practitioners");
        Throwable failure = new CannotCreateTransactionException("no connection");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            reading().executeWithoutResult(status -> rows());
            assertThat(told(request, failure)).contains("nothing was changed");
            inTransaction(this::rows);
            assertThat(told(request, failure)).contains("most likely not carried out");
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    private static String told(HttpServletRequest request, Throwable failure) {
        return DatabaseOutage.report(request, new MockHttpServletResponse(), failure)
                .english();
    }

    private Throwable lost(Runnable work) {
        return failureOf(() -> losing.whileWaitingFor("lost", () -> {
            work.run();
            return true;
        }));
    }

    private Throwable failureOf(ThrowingCallable work) {
        Throwable failure = catchThrowable(work);

        assertThat(failure).isNotNull();
        assertThat(DatabaseFailure.isIn(failure))
                .as(() -> Throwables.getStackTrace(failure))
                .isTrue();
        assertNothingLogged();
        return failure;
    }

    /** It is logged by whoever tells of it. */
    private void assertNothingLogged() {
        assertThat(logged.events)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(event -> event.getThreadName().equals(thread) || isAboutThis(event.getThrowableProxy()))
                .isEmpty();
    }

    /** Other classes' hubs log meanwhile. */
    private static final class Logged extends AppenderBase<ILoggingEvent> {

        private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }

    private static boolean isAboutThis(@Nullable IThrowableProxy thrown) {
        return thrown != null
                && Arrays.stream(thrown.getStackTraceElementProxyArray())
                        .anyMatch(frame ->
                                frame.getStackTraceElement().getClassName().contains("LostConnectionTest"));
    }

    private TransactionTemplate reading() {
        TransactionTemplate reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        return reading;
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }

    private void write() {
        jdbc.update("INSERT INTO lost VALUES (1)");
    }

    private int rows() {
        Integer rows = jdbc.queryForObject("SELECT count(*) FROM lost", Integer.class);
        return rows == null ? 0 : rows;
    }

    /** The connection of this transaction, by another. */
    private void endOwn() {
        Integer own = jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class);
        beside("SELECT pg_terminate_backend(?)", own);
        awaitEndOf(own);
    }

    private void awaitEndOf(@Nullable Integer backend) {
        await().until(() -> beside("SELECT count(*) FROM pg_stat_activity WHERE pid = ?", backend)
                .equals("0"));
    }

    private String beside(String sql, @Nullable Integer parameter) {
        return Beside.supply(() -> String.valueOf(jdbc.queryForObject(sql, Object.class, parameter)))
                .join();
    }
}
