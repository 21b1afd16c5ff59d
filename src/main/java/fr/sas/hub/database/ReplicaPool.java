package fr.sas.hub.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections to the read replica. */
final class ReplicaPool {

    private static final Duration CONNECT_WITHIN = Duration.ofMillis(500);

    private ReplicaPool() {}

    static HikariDataSource of(ReadReplicaSettings settings, String username, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("read-replica");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username() == null ? username : settings.username());
        config.setPassword(settings.password() == null ? password : settings.password());
        config.setMaximumPoolSize(settings.maximumPoolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setValidationTimeout(CONNECT_WITHIN.toMillis());
        config.setInitializationFailTimeout(-1); // the hub starts without it
        config.addDataSourceProperty(
                "connectTimeout", String.valueOf(settings.timeout().toSeconds()));
        config.addDataSourceProperty(
                "socketTimeout", String.valueOf(settings.timeout().toSeconds()));
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(config);
    }

    /** One connection at a time, not of the pool, but to where it leads. */
    static DataSource unpooled(HikariDataSource pool) {
        DriverManagerDataSource unpooled =
                new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        unpooled.setConnectionProperties(pool.getDataSourceProperties());
        return unpooled;
    }
}
