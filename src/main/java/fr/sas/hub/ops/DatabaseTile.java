package fr.sas.hub.ops;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import fr.sas.hub.database.DatabaseProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether the database responds, how fast, and how many of this node's connections are in use. */
@Component
@Order(80)
class DatabaseTile implements TileSource {

    private final DataSource source;
    private final CachedFigure<OptionalLong> millis;

    DatabaseTile(DataSource source, DatabaseProbe probe, Clock clock) {
        this.source = source;
        this.millis = new CachedFigure<>(clock, Duration.ofSeconds(1), probe::millis);
    }

    /** Checked at most once a second, so that the console's other pages do not wait for a database that is down. */
    boolean answers() {
        return millis.get().isPresent();
    }

    @Override
    public String key() {
        return "ops.tile.database";
    }

    @Override
    public Tile tile() {
        OptionalLong took = millis.get();
        if (took.isEmpty()) {
            return new Tile(key(), "bad", "✕", "ops.tile.database.gone");
        }
        String figure = took.getAsLong() + " ms";
        HikariDataSource pooled = DataSourceUnwrapper.unwrap(source, HikariConfigMXBean.class, HikariDataSource.class);
        if (pooled != null && pooled.getHikariPoolMXBean() instanceof HikariPoolMXBean pool) {
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
