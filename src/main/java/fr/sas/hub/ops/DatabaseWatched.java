package fr.sas.hub.ops;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whether the database responds, how fast, and how many of this node's connections are in use. */
@Component
@Order(80)
class DatabaseWatched implements Watched {

    private final DataSource source;
    private final JdbcTemplate jdbc;
    private final Remembered<OptionalLong> millis;

    DatabaseWatched(DataSource source, JdbcTemplate jdbc, Clock clock) {
        this.source = source;
        this.jdbc = jdbc;
        this.millis = new Remembered<>(clock, Duration.ofSeconds(1), this::ask);
    }

    /** Checked at most once a second, so that the console's other pages do not wait for a database that is down. */
    boolean answers() {
        return millis.get().isPresent();
    }

    private OptionalLong ask() {
        long began = System.nanoTime();
        try {
            jdbc.queryForObject("SELECT 1", Integer.class);
            return OptionalLong.of((System.nanoTime() - began) / 1_000_000);
        } catch (DataAccessException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String key() {
        return "ops.tile.database";
    }

    @Override
    public Tile look() {
        OptionalLong took = millis.get();
        if (took.isEmpty()) {
            return new Tile(key(), "bad", "✕", "ops.tile.database.gone");
        }
        String figure = took.getAsLong() + " ms";
        if (source instanceof HikariDataSource pooled
                && pooled.getHikariPoolMXBean() instanceof HikariPoolMXBean pool) {
            boolean queue = pool.getThreadsAwaitingConnection() > 0;
            return new Tile(
                    key(),
                    queue ? "warn" : "good",
                    figure,
                    "ops.tile.database.pool",
                    pool.getActiveConnections(),
                    pooled.getMaximumPoolSize(),
                    pool.getThreadsAwaitingConnection());
        }
        return new Tile(key(), "good", figure, "ops.tile.database.answers");
    }
}
