package fr.sas.hub.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a component that works from its start to its stop. Stopping interrupts whatever it waits for, and work
 * that continues regardless can tell that it is to end. Work that fails unexpectedly, an error of the JVM or of a driver
 * included, is logged and restarted: nothing else would do the work, and its absence would go unnoticed.
 */
public final class BackgroundThread {

    private static final Logger log = LoggerFactory.getLogger(BackgroundThread.class);

    private static final Duration BEFORE_BEGINNING_AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    /** @param work runs once per start, for as long as {@link #goesOn}, and again if it fails */
    public BackgroundThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        Thread starting = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
        thread = starting;
        starting.start();
    }

    private void work() {
        boolean failed = true;
        while (failed && goesOn()) {
            try {
                work.run();
                failed = false;
            } catch (Throwable e) { // nobody waits for this thread: it would end without a word in the log
                log.error("{} failed and is restarted", name, e);
                pause(BEFORE_BEGINNING_AGAIN);
            }
        }
    }

    /** Does not wait until the work has ended. */
    public void stop() {
        interrupt();
    }

    /** @param patience how long to wait until the work has ended */
    public void stop(Duration patience) throws InterruptedException {
        Thread stopping = interrupt();
        if (stopping != null) {
            stopping.join(patience);
        }
    }

    private @Nullable Thread interrupt() {
        Thread stopping = thread;
        thread = null;
        if (stopping != null) {
            stopping.interrupt();
        }
        return stopping;
    }

    /** From the start to the stop, whether the work has ended by itself or not. */
    public boolean isRunning() {
        return thread != null;
    }

    /** Whether the caller is this thread and has not been stopped, even if another was started since. */
    public boolean goesOn() {
        return thread == Thread.currentThread();
    }

    /** Of the calling thread; ends early when it is interrupted, and leaves it so. */
    public static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
