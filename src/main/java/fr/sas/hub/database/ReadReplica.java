package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A standby of the database, if there is one, for reads that depend on how much of the primary's log it has replayed
 * (docs/decisions/0080). Positions in that log are bytes since its beginning.
 */
@Component
public class ReadReplica implements SmartLifecycle {

    /** Of those behind one address, for one read. */
    private static final int MOST_TRIED = 5;
    /** A standby that fails sooner keeps nobody waiting; whether it is away is found out by looking. */
    private static final Duration QUICKLY = Duration.ofMillis(500);

    /**
     * How far a standby has replayed.
     *
     * @param position in the primary's log, which it has replayed as far as that
     * @param knownAt everything that the primary had committed by then can be read
     */
    public record Replayed(long position, Instant knownAt) {}

    private final @Nullable HikariDataSource pool;
    private final ReplicaWatch watch;
    private final TransactionTemplate reading;
    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile UnreplayedPosition unreplayed = new UnreplayedPosition(Long.MAX_VALUE, System.nanoTime());

    ReadReplica(
            ReadReplicaSettings settings,
            @Value("${spring.datasource.username:}") String username,
            @Value("${spring.datasource.password:}") String password,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.pool = settings.isSet() ? ReplicaPool.of(settings, username, password) : null;
        this.watch = new ReplicaWatch(settings, pool == null ? null : ReplicaPool.unpooled(pool), clock);
        if (pool != null) {
            Gauge.builder("hub.search.replica.answering", () -> isAnswering() ? 1 : 0)
                    .description(
                            "1 while this node can read from the read replica; otherwise it reads from the primary")
                    .register(meters);
            Gauge.builder("hub.search.replica.lag", () -> watch.age(knownAt()).toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .description("The read replica is at most this far behind the primary")
                    .register(meters);
        }
    }

    /** Otherwise there is nothing to be read from, ever. */
    public boolean isThere() {
        return pool != null;
    }

    /** Whether it answered lately. */
    public boolean isAnswering() {
        return watch.isAnswering();
    }

    /** Why it is not read, such as the database's own words; empty while it is. */
    public String trouble() {
        return watch.trouble();
    }

    /** Whether its data may be shown while the primary is silent: recent enough, and of a known age. */
    public boolean outlastsPrimary() {
        return isAnswering() && isRecent(knownAt());
    }

    /** How old its data may be that is shown while the primary is silent. */
    public Duration outlasts() {
        return watch.outlasts();
    }

    /** Whether data known then may be shown while the primary is silent. */
    public boolean isRecent(Instant known) {
        return watch.isRecent(known);
    }

    /** Everything that the primary had committed by then could be read when it was last looked at. */
    public Instant knownAt() {
        return watch.knownAt();
    }

    /**
     * Reads in one transaction. All of it is read again by the caller, from the primary, when this is empty.
     *
     * @param reads receives the position of the standby it reads from: there may be several behind one address
     * @return empty if the replica does not answer, or is none of this primary's, or this thread is already reading or writing
     */
    public <T> Optional<T> read(Function<Replayed, Optional<T>> reads) {
        return new Reading<>(reads).once();
    }

    /**
     * The same while the primary is silent: from one of the standbys behind the address that is recent.
     *
     * @param position that it has replayed at least
     */
    public <T> Optional<T> readInstead(long position, Function<Replayed, T> reads) {
        Reading<T> reading = new Reading<>(replayed -> replayed.position() >= position && isRecent(replayed.knownAt())
                ? Optional.of(reads.apply(replayed))
                : Optional.empty());
        UnreplayedPosition before = unreplayed;
        int most = before.isLately(position) ? 1 : MOST_TRIED;
        Optional<T> read = reading.once();
        for (int i = 1; i < most && read.isEmpty(); i++) {
            reading.leave();
            read = reading.once();
        }
        if (read.isEmpty() && most > 1) {
            unreplayed = new UnreplayedPosition(position, System.nanoTime());
        }
        return read;
    }

    /** A position that none of the standbys reached so far had replayed, by {@link System#nanoTime}. */
    private record UnreplayedPosition(long position, long at) {

        boolean isLately(long sought) {
            return sought >= position && System.nanoTime() - at < ReplicaWatch.LOOK_EVERY.toNanos();
        }
    }

    /** What is read from whichever standby the next connection leads to. */
    private final class Reading<T> {

        private final Function<Replayed, Optional<T>> reads;
        private final ReplicaMark known = watch.mark();
        private @Nullable ReplicaReply met;

        Reading(Function<Replayed, Optional<T>> reads) {
            this.reads = reads;
        }

        Optional<T> once() {
            HikariDataSource replica = pool;
            met = null;
            if (replica == null
                    || !isAnswering()
                    || !known.isWritten()
                    || TransactionSynchronizationManager.isActualTransactionActive()) {
                return Optional.empty();
            }
            long began = System.nanoTime();
            try {
                Optional<T> read = RoutedDataSource.on(
                        replica,
                        () -> Objects.requireNonNull(reading.execute(status -> {
                            ReplicaReply reply = ReplicaReply.of(jdbc, known);
                            met = reply;
                            return reply.counts() ? reads.apply(reply.replayed()) : Optional.<T>empty();
                        })));
                ReplicaReply reply = met;
                if (reply != null && !reply.counts()) {
                    leave();
                }
                return read;
            } catch (DataAccessException | TransactionException e) {
                if (DatabaseFailure.isIn(e)
                        && System.nanoTime() - began >= QUICKLY.toNanos()
                        && !isForWantOfConnection(e)
                        && !Thread.currentThread().isInterrupted()) {
                    watch.isAway(e);
                }
                return Optional.empty();
            }
        }

        /** The next connection may lead to another standby. */
        void leave() {
            HikariDataSource replica = pool;
            ReplicaReply reply = met;
            met = null;
            if (replica != null && reply != null) {
                replica.evictConnection(reply.connection());
            }
        }
    }

    /** All of this node's connections may be in use; whether the replica answers is found out by looking. */
    private static boolean isForWantOfConnection(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }

    /** This node is starting to receive changes: the replica is not read until both the primary and the replica have the new mark. */
    public void beginAnew() {
        watch.beginAnew();
    }

    /** To be taken before the primary is asked anything. */
    public ReplicaMark mark() {
        return watch.mark();
    }

    /** In the primary, unless it was done lately. */
    public void write(ReplicaMark current) {
        current.writeTo(jdbc, clock.instant());
    }

    /** Records where the marked primary's log ended when it was asked, so that the replica's age is known. */
    public void primaryWasAt(ReplicaMark marked, long position, Instant asked) {
        marked.logEndedAt(position, asked);
    }

    /** Before the components that read from it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        if (pool != null) {
            watch.start();
        }
    }

    @Override
    public void stop() {
        watch.stop();
        if (pool != null) {
            pool.close();
        }
    }

    @Override
    public boolean isRunning() {
        return watch.isRunning();
    }
}
