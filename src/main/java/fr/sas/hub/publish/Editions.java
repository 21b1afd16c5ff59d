package fr.sas.hub.publish;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The last edition, and when the next one is made: every {@code hub.publish.every} while somebody asks this node for
 * editions. A node that nobody asks does nothing.
 */
@Component
class Editions {

    private static final Logger log = LoggerFactory.getLogger(Editions.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** Editions that nobody has asked for this long are removed from the database. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final EditionTables tables;
    private final EditionMaker maker;
    private final PublishSettings settings;
    private final PublishFigures figures;
    private final Clock clock;
    private final ThreadPoolExecutor making = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("publication").daemon().factory());

    private volatile Instant askedAt = Instant.MIN;
    private Instant dueAt = Instant.MIN;
    private boolean busy;

    Editions(EditionTables tables, EditionMaker maker, PublishSettings settings, PublishFigures figures, Clock clock) {
        this.tables = tables;
        this.maker = maker;
        this.settings = settings;
        this.figures = figures;
        this.clock = clock;
        making.allowCoreThreadTimeOut(true);
    }

    /** The last edition, made now if none is new enough; empty if that takes longer than a request may wait. */
    Optional<Edition> last() {
        askedAt = clock.instant();
        long until = System.nanoTime() + settings.patience().toNanos();
        Optional<Edition> last = newEnough();
        while (last.isEmpty() && System.nanoTime() < until) {
            makeOneIfDue();
            pause();
            last = newEnough();
        }
        return last;
    }

    private Optional<Edition> newEnough() {
        Instant oldest = clock.instant().minus(settings.newEnough());
        return tables.last().filter(edition -> edition.checkedAt().isAfter(oldest));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an edition was being made", e);
        }
    }

    @Scheduled(fixedDelay = 250)
    void makeOneWhileInDemand() {
        if (askedAt.isAfter(clock.instant().minus(settings.inDemandFor()))) {
            makeOneIfDue();
        }
    }

    private synchronized void makeOneIfDue() {
        Instant now = clock.instant();
        if (!busy && !now.isBefore(dueAt)) {
            busy = true;
            making.execute(this::make);
        }
    }

    private void make() {
        Instant began = clock.instant();
        try {
            maker.makeIfDue();
        } catch (EditionTables.TurnLost e) {
            log.info("{}", e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            figures.failed();
            log.warn("No edition could be published; retrying: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (making.isShutdown()) {
                return;
            }
            figures.failed();
            log.error("No edition could be published; retrying", e);
        } finally {
            ended(began);
        }
    }

    /** While another node makes one, or after a failure, it is worth looking again soon. */
    private synchronized void ended(Instant began) {
        Duration soon = settings.every().dividedBy(10);
        dueAt = began.plus(soon);
        busy = false;
    }

    @Scheduled(fixedDelayString = "1h", initialDelayString = "10m")
    void removeWhatNobodyWants() {
        try {
            tables.removeAllUncheckedSince(clock.instant().minus(FORGOTTEN_AFTER));
        } catch (DataAccessException | TransactionException e) {
            log.debug("Old editions could not be removed; retrying later: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        making.shutdownNow();
    }
}
