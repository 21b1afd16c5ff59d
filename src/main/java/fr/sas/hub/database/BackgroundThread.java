package fr.sas.hub.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a component that works from its start to its stop. Whatever it waits for then is interrupted, and work
 * that goes on all the same finds out that it is to end.
 */
public final class BackgroundThread {

    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    /** @param work runs once a start, for as long as {@link #goesOn} */
    public BackgroundThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        Thread starting = Thread.ofPlatform().name(name).daemon().unstarted(work);
        thread = starting;
        starting.start();
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
