package fr.sas.hub.index;

import com.zaxxer.hikari.HikariDataSource;
import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Informs every node of changes: this one right after the commit, the others by NOTIFY with the commit. A node that may
 * have missed something discards everything it holds.
 */
@Component
class IndexNews implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(IndexNews.class);
    /** A NOTIFY payload is limited to less than 8,000 bytes; a subject takes at most 18. */
    private static final int SUBJECTS_PER_MESSAGE = 400;

    private static final int POLL_MILLIS = 1_000;

    /** Also used to count the nodes (ops). */
    private static final String LISTEN = "LISTEN hub_index";

    /** By then the database has completed or rolled back the transaction of a lost connection. */
    private static final Duration DOUBT = Duration.ofMinutes(10);

    private static final Duration[] LAGS = Stream.of(10, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final IndexTables tables;
    private final DataSource database;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Duration proveEvery;
    private final Timer lag;
    private volatile @Nullable Thread listener;
    private volatile boolean hearing;
    /** When the connection was last verified. */
    private volatile Instant heardAt = Instant.EPOCH;
    /** Until then this node also processes its own messages: one of its commits may have taken effect without its knowledge. */
    private volatile Instant inDoubtUntil = Instant.EPOCH;

    private final CountDownLatch heard = new CountDownLatch(1);

    IndexNews(
            IndexTables tables,
            DataSource database,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            IndexSettings settings,
            Clock clock) {
        this.tables = tables;
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.proveEvery = settings.listenAgainEvery();
        this.lag = Timer.builder("hub.index.news.lag")
                .description("Time from a change made by another node, by its clock, until this node received it")
                .serviceLevelObjectives(LAGS)
                .register(meters);
        Gauge.builder("hub.index.news.hearing", () -> hearing ? 1 : 0)
                .description("1 while this node has the connection on which it receives changes from other nodes")
                .register(meters);
    }

    /** Whether this node receives the changes of other nodes; otherwise its data in memory may be out of date. */
    boolean isHearing() {
        return hearing;
    }

    /** Changes that other nodes made before this instant are known. */
    Instant heardAt() {
        return heardAt;
    }

    /** Must be called within the transaction of the change. */
    void changed(Collection<? extends Subject> subjects) {
        tables.countUp(subjects);
        tell("changed - ", subjects);
        afterCommit(new IndexChanged.Changed(Set.copyOf(subjects)));
    }

    void confirmed(Source source, Instant at, Collection<? extends Subject> subjects) {
        tell("confirmed " + source + "@" + at.toEpochMilli() + " ", subjects);
        afterCommit(new IndexChanged.Confirmed(source, at, Set.copyOf(subjects)));
    }

    /** Something that concerns every subject changed: stored renderings are no longer valid. */
    void everybodyChanged() {
        tables.beginAnEpoch();
        everythingChanged();
    }

    /**
     * Vendors' states or the subjects they are asked for changed; stored renderings record which of these they are
     * valid for.
     */
    void everythingChanged() {
        tables.tellOtherNodes(sender() + " everything - -");
        afterCommit(new IndexChanged.Everything());
    }

    private void tell(String what, Collection<? extends Subject> subjects) {
        List<String> values = subjects.stream().map(Subject::value).toList();
        for (int from = 0; from < values.size(); from += SUBJECTS_PER_MESSAGE) {
            tables.tellOtherNodes(sender() + " " + what
                    + String.join(",", values.subList(from, Math.min(values.size(), from + SUBJECTS_PER_MESSAGE))));
        }
    }

    private String sender() {
        return node + "@" + clock.millis();
    }

    private void afterCommit(IndexChanged event) {
        AfterCommit.run(() -> events.publishEvent(event), () -> {
            inDoubtUntil = clock.instant().plus(DOUBT);
            events.publishEvent(event);
        });
    }

    @Override
    public void start() {
        Thread thread = Thread.ofPlatform().name("index-news").daemon().unstarted(this::listen);
        listener = thread;
        thread.start();
        awaitHearing();
    }

    /** Anything read into memory earlier would be discarded; without a database, the wait is short. */
    private void awaitHearing() {
        try {
            if (!heard.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                log.warn("Not receiving changes from other nodes yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread thread = listener;
        listener = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Before requests are served: anything read into memory earlier would be discarded. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    private void listen() {
        while (listener == Thread.currentThread()) {
            try (Connection connection = database.getConnection()) {
                try {
                    listen(connection);
                } finally {
                    forget(connection);
                }
            } catch (SQLException | RuntimeException e) {
                hearing = false;
                pauseAfter(e);
            }
        }
    }

    /**
     * Runs until the connection is lost. A dead connection that was never closed is silent, as if nothing changed:
     * {@code LISTEN} is therefore repeated and must be answered in time.
     */
    private void listen(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) proveEvery.toMillis());
        try (Statement statement = connection.createStatement()) {
            prove(statement);
            events.publishEvent(new IndexChanged.Everything());
            hearing = true;
            heard.countDown();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            long proved = System.nanoTime();
            while (listener == Thread.currentThread()) {
                for (PGNotification notification : postgres.getNotifications(pollMillis())) {
                    hear(notification.getParameter());
                }
                if (System.nanoTime() - proved >= proveEvery.toNanos()) {
                    prove(statement);
                    proved = System.nanoTime();
                }
            }
        }
    }

    /** The pool does not see failures on the unwrapped connection, so it must not hand this one to anybody else. */
    private void forget(Connection connection) throws SQLException {
        if (database.isWrapperFor(HikariDataSource.class)) {
            database.unwrap(HikariDataSource.class).evictConnection(connection);
        }
    }

    private void prove(Statement statement) throws SQLException {
        Instant asked = clock.instant();
        statement.execute(LISTEN);
        heardAt = asked;
    }

    private int pollMillis() {
        return (int) Math.min(POLL_MILLIS, proveEvery.toMillis());
    }

    private void pauseAfter(Exception e) {
        if (listener != Thread.currentThread()) {
            return;
        }
        log.warn("Lost the connection that receives changes from other nodes; retrying: {}", e.getMessage());
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(String message) {
        String[] parts = message.split(" ", 4);
        String[] sender = parts[0].split("@", 2);
        if (parts.length != 4 || sender[0].equals(node) && !clock.instant().isBefore(inDoubtUntil)) {
            return;
        }
        if (sender.length == 2) {
            lag.record(Duration.ofMillis(Math.max(0, clock.millis() - Long.parseLong(sender[1]))));
        }
        switch (parts[1]) {
            case "changed" -> events.publishEvent(new IndexChanged.Changed(subjects(parts[3])));
            case "confirmed" -> {
                String[] word = parts[2].split("@", 2);
                events.publishEvent(new IndexChanged.Confirmed(
                        new Source(word[0]), Instant.ofEpochMilli(Long.parseLong(word[1])), subjects(parts[3])));
            }
            default -> events.publishEvent(new IndexChanged.Everything());
        }
    }

    private static Set<Subject> subjects(String joined) {
        Set<Subject> subjects = new HashSet<>();
        for (String value : joined.split(",")) {
            Subject.ofNational(value).ifPresent(subjects::add);
        }
        return subjects;
    }
}
