package fr.sas.hub.index.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.HubTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@HubTest
class NewsUpkeepTest {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource pool;

    @Test
    void emptying_old_news_during_a_backup_makes_no_reader_of_news_wait() throws Exception {
        try (Connection backup = pool.getConnection();
                Connection upkeep = pool.getConnection();
                Connection reader = pool.getConnection();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            begin(backup, "LOCK TABLE index_news IN ACCESS SHARE MODE");
            begin(upkeep, "SELECT 1");
            Future<?> emptying = other.submit(() -> NewsTables.on(upkeep).empty(2));
            await().pollInterval(Duration.ofMillis(5)).until(() -> emptying.isDone() || isAwaited());

            begin(reader, "SET LOCAL lock_timeout = '500ms'");
            begin(reader, "SELECT FROM index_news");

            assertThat(emptying).failsWithin(Duration.ofSeconds(20));
            reader.rollback();
            upkeep.rollback();
            backup.rollback();
        }
    }

    private static void begin(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement first = connection.createStatement()) {
            first.execute(statement);
        }
    }

    private boolean isAwaited() {
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'
                          AND relation = 'index_news_2'::regclass)""", Boolean.class));
    }
}
