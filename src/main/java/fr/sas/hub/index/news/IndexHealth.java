package fr.sas.hub.index.news;

import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.ReadReplica;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether searches can be answered: reads the index as a search does, and reports within a second whether it could, because
 * callers such as a load balancer wait only a few seconds (docs/decisions/0072).
 */
@Component("indexHealthIndicator")
class IndexHealth implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String SILENT = "The database does not answer";
    private static final String SLOW = "The index could not be read within a second";

    private final JdbcClient jdbc;
    private final IndexNews news;
    private final DatabasePulse pulse;
    private final MemoryTrust memory;
    private final ReadReplica replica;
    private final IndexNewsSettings settings;
    private final Clock clock;
    /** Null while it can be read. */
    private volatile @Nullable Instant unreadSince;

    IndexHealth(
            JdbcClient jdbc,
            IndexNews news,
            DatabasePulse pulse,
            MemoryTrust memory,
            ReadReplica replica,
            IndexNewsSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.news = news;
        this.pulse = pulse;
        this.memory = memory;
        this.replica = replica;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Health health() {
        if (pulse.isSilent() && replica.outlastsPrimary()) {
            return warning(SILENT + "; searches are still answered, from the read replica");
        }
        if (pulse.isSilent()) {
            return fromMemory(SILENT, memory.counts());
        }
        // on a thread of its own: neither the pool's nor the driver's timeouts are short enough
        FutureTask<Boolean> reading = new FutureTask<>(this::read);
        Thread.ofVirtual().name("index-health").start(reading);
        try {
            reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reading.cancel(true);
            return unread(SLOW);
        } catch (ExecutionException e) {
            String reason = "The index cannot be read: " + name(e.getCause());
            return DatabaseFailure.isIn(e) ? unread(reason) : down(reason);
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            return down(SLOW);
        }
        unreadSince = null;
        return news.isHearing()
                ? Health.up().build()
                : warning(
                        "This node does not receive all changes made by other nodes, and reads from the database until it does");
    }

    private boolean read() {
        return jdbc.sql("SELECT id FROM index_slot LIMIT 1")
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** The database is not known to be silent; as with a silent one, memory is enough for some time. */
    private Health unread(String reason) {
        Instant now = clock.instant();
        Instant since = unreadSince;
        if (since == null) {
            since = now;
            unreadSince = now;
        }
        return fromMemory(reason, memory.counts() && now.isBefore(since.plus(settings.memoryOutlasts())));
    }

    private static Health fromMemory(String reason, boolean counts) {
        return counts ? warning(reason + "; what this node holds in memory is still searched") : down(reason);
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }

    private static Health warning(String reason) {
        return Health.status(new Status("WARN")).withDetail("reason", reason).build();
    }

    private static String name(@Nullable Throwable failure) {
        return failure == null ? "" : failure.getClass().getSimpleName();
    }
}
