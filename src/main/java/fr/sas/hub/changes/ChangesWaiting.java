package fr.sas.hub.changes;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.database.DatabasePulse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Requests that wait for changes; none occupies a thread until there is something to send. The writing node knows at once,
 * the others query the database ten times a second while anybody waits.
 */
@Component
class ChangesWaiting implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ChangesWaiting.class);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);

    private final Changes changes;
    private final ChangesSettings settings;
    private final DatabasePulse pulse;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile long last;
    private volatile boolean running;

    ChangesWaiting(Changes changes, ChangesSettings settings, DatabasePulse pulse, MeterRegistry meters) {
        this.changes = changes;
        this.settings = settings;
        this.pulse = pulse;
        Gauge.builder("hub.changes.waiting", waiters, Set::size)
                .description("Requests that wait for changes on this node, streams included")
                .register(meters);
    }

    /** @throws FhirRefusal when too many are waiting already */
    void expectRoom() {
        if (waiters.size() >= settings.waitingAtMost() || !running) {
            throw new FhirRefusal(
                    429,
                    "throttled",
                    settings.waitingAtMost() + " requests are waiting for changes already; ask without waiting");
        }
    }

    /** @param answer called once, when there may be changes or when time is up */
    void await(Position since, Duration atMost, Runnable answer) {
        add(new LongPoll(since, System.nanoTime() + atMost.toNanos(), answer));
    }

    void follow(ChangesStream stream) {
        add(new Follower(stream));
    }

    /** The first attempt finds what was written after the caller looked. */
    private void add(Waiter waiter) {
        waiters.add(waiter);
        waiter.attempt();
        if (!running) {
            waiter.end();
        }
    }

    @EventListener
    void on(ChangesWritten written) {
        advance(written.position());
    }

    private void advance(long position) {
        if (position != last) {
            last = position;
            waiters.forEach(Waiter::attempt);
        }
    }

    @Scheduled(fixedDelay = 100)
    void poll() {
        if (waiters.isEmpty()) {
            return;
        }
        waiters.forEach(Waiter::tick);
        if (!pulse.isSilent()) {
            try {
                advance(changes.last());
            } catch (DataAccessException e) {
                log.debug("Looking again: {}", e.getMessage());
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Runs before the web server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        waiters.forEach(Waiter::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 512;
    }

    /** Makes one attempt at a time; a call during an attempt leads to another one after it. */
    private abstract class Waiter {

        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile boolean again;
        private volatile boolean over;

        final void attempt() {
            again = true;
            if (!over && busy.compareAndSet(false, true)) {
                threads.execute(this::work);
            }
        }

        private void work() {
            while (again && !over) {
                again = false;
                over = !goesOn();
            }
            busy.set(false);
            if (over) {
                waiters.remove(this);
            } else if (again) {
                attempt();
            }
        }

        /** A waiter that fails is finished: its client has gone, and it would otherwise keep its place for ever. */
        private boolean goesOn() {
            try {
                return goOn();
            } catch (RuntimeException gone) {
                log.debug("A client that was waiting for changes has gone: {}", gone.toString());
                return false;
            }
        }

        /** @return false when there is nothing left to wait for */
        abstract boolean goOn();

        abstract void tick();

        abstract void end();
    }

    private final class LongPoll extends Waiter {

        private final long deadline;
        private final Runnable answer;
        private Position at;
        private volatile boolean timeIsOver;

        LongPoll(Position since, long deadline, Runnable answer) {
            this.at = since;
            this.deadline = deadline;
            this.answer = answer;
        }

        @Override
        boolean goOn() {
            if (!timeIsOver) {
                try {
                    if (changes.after(at, null, 1) instanceof ChangesSince.Page page
                            && page.subjects().isEmpty()) {
                        at = page.next();
                        return true;
                    }
                } catch (RuntimeException e) {
                    log.debug("Looking for changes failed; the answer will say why: {}", e.toString());
                }
            }
            answer.run();
            return false;
        }

        @Override
        void tick() {
            if (System.nanoTime() - deadline >= 0) {
                end();
            }
        }

        @Override
        void end() {
            timeIsOver = true;
            attempt();
        }
    }

    private final class Follower extends Waiter {

        private final ChangesStream stream;
        private volatile long beat = System.nanoTime();
        private volatile boolean due = true;
        private volatile boolean ended;

        Follower(ChangesStream stream) {
            this.stream = stream;
        }

        @Override
        boolean goOn() {
            if (ended) {
                stream.end();
                return false;
            }
            if (due) {
                due = false;
                beat = System.nanoTime();
                if (!stream.sendHeartbeat()) {
                    return false;
                }
            }
            try {
                return stream.sendWhatIsNew();
            } catch (RuntimeException e) {
                log.debug("A stream of changes ends; its client will reconnect: {}", e.getMessage());
                stream.end();
                return false;
            }
        }

        @Override
        void tick() {
            if (System.nanoTime() - beat > HEARTBEAT_EVERY.toNanos()) {
                due = true;
                attempt();
            }
        }

        @Override
        void end() {
            ended = true;
            attempt();
        }
    }
}
