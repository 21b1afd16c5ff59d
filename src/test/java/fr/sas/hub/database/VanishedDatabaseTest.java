package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.SilentRelay;
import fr.sas.hub.testing.StoppableDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A server that vanishes without a word: connections stay open, and nothing is ever received from them again. */
class VanishedDatabaseTest {

    private static final int CONNECTIONS = 12;
    /** Every connection says so when it begins. */
    private static final String EVERYBODY = "postgres";

    private static final String THE_PULSE = "SELECT " + DatabaseRun.NAME + " AS run";

    @TempDir
    static Path connectors;

    private static StoppableDatabase database;
    private static JdbcTemplate atTheServer;
    private static ExecutorService background;

    @BeforeAll
    static void a_database() {
        database = new StoppableDatabase();
        atTheServer = new JdbcTemplate(new DriverManagerDataSource(database.address(), "postgres", ""));
        background = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void it_ends() {
        background.shutdownNow();
        database.close();
    }

    /** Also if every connection of the pool waits for it. */
    @Test
    void whoever_waits_for_a_server_that_has_vanished_learns_of_it_once_the_database_answers_again()
            throws SQLException {
        try (Connection locking = locking(1);
                SilentRelay line = new SilentRelay(database.address(), EVERYBODY);
                Node node = on(line)) {
            List<CompletableFuture<String>> waiting = IntStream.range(0, CONNECTIONS)
                    .mapToObj(i -> waitingFor(1, node))
                    .toList();
            patiently().until(() -> atWork(1) > 0 && pendingIsOver(waiting));

            line.fallSilent();
            patiently().until(() -> node.bean(DatabasePulse.class).isSilent());
            locking.close();
            await().until(() -> atWork(1) == 0); // their replies are lost
            line.speakAgain();

            patiently().until(() -> !node.bean(DatabasePulse.class).isSilent());
            patiently().untilAsserted(() -> assertThat(waiting).allMatch(CompletableFuture::isDone));
            patiently()
                    .untilAsserted(() -> assertThat(node.bean(JdbcClient.class)
                                    .sql("SELECT 1")
                                    .query(Integer.class)
                                    .single())
                            .isEqualTo(1));
        }
    }

    @Test
    void what_the_server_still_works_on_is_waited_for_although_the_pulse_had_to_connect_anew() throws Exception {
        try (Connection locking = locking(2);
                SilentRelay line = new SilentRelay(database.address(), THE_PULSE);
                Node node = on(line)) {
            PgConnection forgotten = node.bean(DataSource.class).getConnection().unwrap(PgConnection.class);
            CompletableFuture<String> working = waitingFor(2, node);
            await().until(() -> atWork(2) == 1);

            line.fallSilent();
            patiently().until(() -> node.bean(DatabasePulse.class).isSilent());
            line.speakAgain();
            patiently().until(() -> forgotten.isClosed());

            assertThat(working).isNotDone();
            locking.close();
            assertThat(working.join()).isEqualTo("answered");
        }
    }

    private static Node on(SilentRelay line) {
        return Node.on(line.address(), connectors)
                .with("spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS)
                .start();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private static Connection locking(int what) throws SQLException {
        Connection locking = DriverManager.getConnection(database.address(), "postgres", "");
        try (Statement statement = locking.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + what + ")");
        }
        return locking;
    }

    private static CompletableFuture<String> waitingFor(int lock, Node node) {
        JdbcTemplate jdbc = new JdbcTemplate(node.bean(DataSource.class));
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        jdbc.execute("SELECT pg_advisory_xact_lock(" + lock + ")");
                        return "answered";
                    } catch (RuntimeException e) {
                        return "failed";
                    }
                },
                background);
    }

    private static long atWork(int lock) {
        Long many = atTheServer.queryForObject(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_advisory_xact_lock(' || ? || ')'",
                Long.class,
                lock);
        return many == null ? 0 : many;
    }

    /** Each waits for the server, or has waited in vain for a connection. */
    private static boolean pendingIsOver(List<CompletableFuture<String>> waiting) {
        long done = waiting.stream().filter(CompletableFuture::isDone).count();
        return atWork(1) + done == waiting.size();
    }
}
