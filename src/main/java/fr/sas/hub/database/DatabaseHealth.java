package fr.sas.hub.database;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, in place of Spring Boot's {@code db}, which waits as long as the pool and the driver do: half
 * a minute with a database that stalls. Not part of readiness.
 */
@Component("dbHealthIndicator")
class DatabaseHealth implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final DatabasePulse pulse;

    DatabaseHealth(JdbcClient jdbc, DatabasePulse pulse) {
        this.jdbc = jdbc;
        this.pulse = pulse;
    }

    @Override
    public Health health() {
        if (pulse.isSilent()) {
            return down("The database does not answer");
        }
        FutureTask<String> asking = new FutureTask<>(
                () -> jdbc.sql("SHOW server_version").query(String.class).single());
        Thread.ofVirtual().name("database-health").start(asking);
        try {
            return Health.up()
                    .withDetail("database", "PostgreSQL " + asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .build();
        } catch (TimeoutException e) {
            asking.cancel(true);
            return down("The database, or a connection to it, was not available within two seconds");
        } catch (ExecutionException e) {
            return down("The database cannot be queried: " + name(e.getCause()));
        } catch (InterruptedException e) {
            asking.cancel(true);
            Thread.currentThread().interrupt();
            return down("Whoever asked gave up");
        }
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }

    private static String name(@Nullable Throwable failure) {
        return failure == null ? "" : failure.getClass().getSimpleName();
    }
}
