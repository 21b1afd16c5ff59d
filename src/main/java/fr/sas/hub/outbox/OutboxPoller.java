package fr.sas.hub.outbox;

import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Checks several times a second, and when woken, which destinations have letters due, and delivers them: a few at once
 * to each destination, none waiting for another destination.
 */
@Component
class OutboxPoller implements BackgroundComponent {

    private static final Logger log = LoggerFactory.getLogger(OutboxPoller.class);
    private static final int LOOK_EVERY_MILLIS = 250;
    private static final int PATIENCE_AT_STOP_SECONDS = 10;

    private final Destinations destinations;
    private final Channels channels;
    private final Sender sender;
    private final OutboxSettings settings;
    private final Clock clock;
    private final Semaphore calls = new Semaphore(0);
    private final Map<String, AtomicInteger> carriers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean routesAreThere;
    private final BackgroundThread thread = new BackgroundThread("outbox", this::poll);

    OutboxPoller(Destinations destinations, Channels channels, Sender sender, OutboxSettings settings, Clock clock) {
        this.destinations = destinations;
        this.channels = channels;
        this.sender = sender;
        this.settings = settings;
        this.clock = clock;
    }

    void wakeAfterCommit() {
        AfterCommit.run(calls::release);
    }

    /** Camel reads its route files after the beans have started. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        routesAreThere = true;
    }

    /** Letters in flight are settled before Camel and the database shut down; no new one is started. */
    @Override
    public void stop() {
        thread.stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_AT_STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Letters are still in flight; another node or the next start will take them over");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void poll() {
        boolean wasWell = true;
        while (thread.goesOn()) {
            try {
                boolean woken = calls.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (woken) {
                    calls.drainPermits();
                }
                if (routesAreThere) {
                    sendWhatIsDue();
                }
                wasWell = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (wasWell) {
                    log.error("The outbox could not be read; trying again several times a second: {}", e.toString());
                }
                wasWell = false;
            }
        }
    }

    private void sendWhatIsDue() {
        Instant now = clock.instant();
        List<Destinations.Due> all = destinations.due(now, settings.atOnce());
        Set<String> running = all.isEmpty() ? Set.of() : channels.running();
        for (Destinations.Due due : all) {
            if (running.contains(due.destination().channel())) {
                send(due);
            } else {
                channels.isMissed(due.destination(), now);
            }
        }
    }

    private void send(Destinations.Due due) {
        String name = due.destination().name();
        AtomicInteger atWork = carriers.computeIfAbsent(name, n -> new AtomicInteger());
        for (int free = Math.min(due.due(), settings.atOnce() - atWork.get()); free > 0; free--) {
            atWork.incrementAndGet();
            threads.execute(() -> {
                try {
                    carryAll(due.destination());
                } finally {
                    atWork.decrementAndGet();
                }
            });
        }
    }

    private void carryAll(Destination destination) {
        try {
            boolean more = true;
            while (more && isRunning()) {
                more = sender.carryOne(destination);
            }
        } catch (RuntimeException e) {
            log.error("Letters to {} could not be delivered; trying again: {}", destination.name(), e.toString());
        }
    }
}
