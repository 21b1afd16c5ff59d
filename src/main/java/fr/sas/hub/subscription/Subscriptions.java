package fr.sas.hub.subscription;

import fr.sas.hub.changes.Changes;
import fr.sas.hub.changes.ChangesSince;
import fr.sas.hub.changes.ChangesWritten;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.outbox.LetterEnding;
import fr.sas.hub.outbox.LetterSettled;
import fr.sas.hub.outbox.Outbox;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a letter into the outbox for each subscription with something to report, at most one at a time. The letter itself is
 * empty: what is sent is read when it is sent, from the subscription's position on.
 */
@Component
class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private static final Duration NOT_ALLOWED_SAID_EVERY = Duration.ofSeconds(3);
    private static final Duration NOT_ALLOWED_STANDS_FOR = Duration.ofSeconds(10);

    private final SubscriptionTables tables;
    private final QuietSubscriptions quiet;
    private final Changes changes;
    private final Outbox outbox;
    private final DatabasePulse pulse;
    private final SubscriptionSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile boolean again;

    Subscriptions(
            SubscriptionTables tables,
            QuietSubscriptions quiet,
            Changes changes,
            Outbox outbox,
            DatabasePulse pulse,
            SubscriptionSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tables = tables;
        this.quiet = quiet;
        this.changes = changes;
        this.outbox = outbox;
        this.pulse = pulse;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @EventListener
    void on(ChangesWritten written) {
        lookSoon();
    }

    /** A letter that was given up, refused or thrown away is gone. */
    @EventListener
    void on(LetterSettled settled) {
        if (!settled.letter().destination().channel().equals(SubscriptionRow.CHANNEL)) {
            return;
        }
        UUID id = UUID.fromString(settled.letter().key());
        switch (settled.ending()) {
            case LetterEnding.GivenUp givenUp -> tables.turnOff(id, givenUp.words());
            case LetterEnding.Discarded discarded -> tables.letterIsGone(id);
            case LetterEnding.Delivered delivered -> lookSoon();
            case LetterEnding.Refused refused -> {}
            case LetterEnding.Replaced replaced -> {}
        }
    }

    /** Also finds what other nodes wrote, and heartbeats that are due. */
    @Scheduled(fixedDelay = 1_000)
    void lookSoon() {
        again = true;
        if (!pulse.isSilent() && isLooking.compareAndSet(false, true)) {
            looking.execute(this::scan);
        }
    }

    private void scan() {
        try {
            while (again) {
                again = false;
                scanAll();
            }
        } catch (RuntimeException e) {
            log.debug("Looking again in a second: {}", e.getMessage());
        } finally {
            isLooking.set(false);
        }
    }

    void scanAll() {
        Instant now = clock.instant();
        List<SubscriptionRow> waiting = new ArrayList<>();
        for (SubscriptionRow row : tables.idle()) {
            if (row.hasEnded(now)) {
                outbox.forget(row.destination());
                tables.turnOff(row.id(), null);
            } else if (isAllowed(row)) {
                if (!row.shaken() || row.mayLackEvents() || row.isHeartbeatDue(now)) {
                    putLetter(row);
                } else {
                    waiting.add(row);
                }
            }
        }
        QuietSubscriptions.ScanResult look = quiet.scan(waiting);
        look.concerned().stream().filter(this::hasSomethingToBeTold).forEach(this::putLetter);
        if (!look.isWhole()) {
            again = true;
        }
    }

    /** Also says so where it has changed. A node that has other settings is not contradicted. */
    private boolean isAllowed(SubscriptionRow row) {
        String obstacle = row.obstacle(settings);
        if (obstacle != null) {
            if (!row.wasSaidNotToBeAllowedWithin(NOT_ALLOWED_SAID_EVERY)) {
                tables.notAllowed(row.id(), obstacle);
            }
            return false;
        }
        if (row.wasSaidNotToBeAllowedWithin(NOT_ALLOWED_STANDS_FOR)) {
            return false;
        }
        if (row.notAllowedAgo() != null) {
            tables.allowedAgain(row.id());
        }
        return true;
    }

    private void putLetter(SubscriptionRow row) {
        transaction.executeWithoutResult(status -> {
            if (tables.markQueued(row.id())) {
                outbox.put(row.destination(), row.id().toString(), "{}", Outbox.QueuePolicy.LAST_STATE);
            }
        });
    }

    private boolean hasSomethingToBeTold(SubscriptionRow row) {
        return switch (changes.after(row.position(), row.subjects(), 1)) {
            case ChangesSince.Unknown unknown -> true;
            case ChangesSince.Page page -> {
                if (page.subjects().isEmpty() && !page.next().equals(row.position())) {
                    tables.moveOn(row.id(), row.position(), page.next());
                }
                yield !page.subjects().isEmpty();
            }
        };
    }

    @PreDestroy
    void end() {
        looking.shutdownNow();
    }
}
