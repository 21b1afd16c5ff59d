package fr.sas.hub.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells whether the database answers at the moment (docs/decisions/0072). A trivial query runs again and again on a
 * connection of its own; the database is silent once several beats have passed without a reply. Beats are counted rather than
 * time, so that a pause of this process does not look like a silent database.
 */
@Component
public class DatabasePulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabasePulse.class);
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final int MOST_MISSED = 4;
    /** A silently broken connection is replaced after this time. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(5);

    private final DataSource database;
    private int missed;
    private volatile boolean silent;
    private volatile @Nullable Thread asking;
    private volatile @Nullable Thread counting;

    DatabasePulse(DataSource database, MeterRegistry meters) {
        this.database = database;
        Gauge.builder("hub.database.silent", () -> silent ? 1 : 0)
                .description("1 while the database does not answer this node")
                .register(meters);
    }

    public boolean isSilent() {
        return silent;
    }

    /** @throws DatabaseSilent immediately, instead of waiting for a reply that does not come */
    public void expectAnswer() {
        if (silent) {
            throw new DatabaseSilent();
        }
    }

    @Override
    public void start() {
        asking = started("database-pulse", this::ask);
        counting = started("database-pulse-count", this::count);
    }

    @Override
    public void stop() {
        @Nullable Thread[] both = {asking, counting};
        asking = null;
        counting = null;
        for (Thread thread : both) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Before the components that depend on it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return asking != null;
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(work);
        thread.start();
        return thread;
    }

    private void ask() {
        Thread self = Thread.currentThread();
        while (!self.isInterrupted()) {
            try (Connection connection = database.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, (int) DEAD_AFTER.toMillis());
                try (Statement statement = connection.createStatement()) {
                    while (!self.isInterrupted()) {
                        statement.execute("SELECT 1");
                        answered();
                        pause();
                    }
                }
            } catch (SQLException | RuntimeException e) {
                log.debug("Trying again: {}", e.getMessage());
                pause();
            }
        }
    }

    private void count() {
        while (!Thread.currentThread().isInterrupted()) {
            pause();
            missedOne();
        }
    }

    private synchronized void answered() {
        missed = 0;
        if (silent) {
            silent = false;
            log.warn("The database answers again");
        }
    }

    private synchronized void missedOne() {
        missed++;
        if (missed > MOST_MISSED && !silent) {
            silent = true;
            log.error("The database does not answer: {} ms without a reply", (MOST_MISSED + 1) * BEAT.toMillis());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
