package fr.sas.hub.database;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A migration that changes a table waits for those who read it, such as a backup, and later queries queue behind the migration: so it
 * gives up soon, as a whole, and is retried until the table is free (docs/upgrade.md).
 */
@Configuration(proxyBeanMethods = false)
class MigrationLocks {

    private static final Logger log = LoggerFactory.getLogger(MigrationLocks.class);
    /** Longer than PostgreSQL's {@code deadlock_timeout}, after which its own vacuum gives way. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(10);
    /** lock_not_available, and deadlock_detected: an older node at work may hold a table that the migration needs later. */
    private static final Set<String> WANT_OF_LOCK = Set.of("55P03", "40P01");

    @Bean
    Callback migrationWaitsBriefly() {
        return new BaseCallback() {
            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.BEFORE_EACH_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                try (Statement statement = context.getConnection().createStatement()) {
                    statement.execute("SET LOCAL lock_timeout = " + PATIENCE.toMillis());
                } catch (SQLException e) {
                    throw new FlywayException("Cannot limit how long a migration waits", e);
                }
            }
        };
    }

    @Bean
    FlywayMigrationStrategy migrationIsTriedAgain() {
        return MigrationLocks::migrate;
    }

    static void migrate(Flyway flyway) {
        boolean isDone = false;
        while (!isDone) {
            try {
                flyway.migrate();
                isDone = true;
            } catch (FlywayException e) {
                if (!isForWantOfLock(e) || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.warn(
                        "A table to be migrated is in use, such as by a backup; trying again every {} s: {}",
                        TRY_AGAIN_AFTER.toSeconds(),
                        e.getMessage());
                BackgroundThread.pause(TRY_AGAIN_AFTER);
            }
        }
    }

    private static boolean isForWantOfLock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && isWantOfLock(refused)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWantOfLock(SQLException refused) {
        String state = refused.getSQLState();
        return state != null && WANT_OF_LOCK.contains(state);
    }
}
