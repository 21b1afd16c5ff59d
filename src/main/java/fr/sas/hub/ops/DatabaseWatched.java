package fr.sas.hub.ops;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import javax.sql.DataSource;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whether the database answers, how fast, and how many of this node's connections are taken. */
@Component
@Order(80)
class DatabaseWatched implements Watched {

    private final DataSource source;
    private final JdbcTemplate jdbc;

    DatabaseWatched(DataSource source, JdbcTemplate jdbc) {
        this.source = source;
        this.jdbc = jdbc;
    }

    @Override
    public Tile look() {
        long began = System.nanoTime();
        try {
            jdbc.queryForObject("SELECT 1", Integer.class);
        } catch (DataAccessException e) {
            return new Tile("ops.tile.database", "bad", "✕", "ops.tile.database.gone");
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        if (source instanceof HikariDataSource pooled
                && pooled.getHikariPoolMXBean() instanceof HikariPoolMXBean pool) {
            boolean queue = pool.getThreadsAwaitingConnection() > 0;
            return new Tile(
                    "ops.tile.database",
                    queue ? "warn" : "good",
                    millis + " ms",
                    "ops.tile.database.pool",
                    pool.getActiveConnections(),
                    pooled.getMaximumPoolSize(),
                    pool.getThreadsAwaitingConnection());
        }
        return new Tile("ops.tile.database", "good", millis + " ms", "ops.tile.database.answers");
    }
}
