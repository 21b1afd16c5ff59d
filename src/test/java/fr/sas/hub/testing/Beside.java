package fr.sas.hub.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What goes on beside a test, each on a thread of its own: the common pool has two of them on two cores, and whatever other tests wait
 * for there would hold it up.
 */
public final class Beside {

    private static final Executor THREADS =
            work -> Thread.ofPlatform().daemon().name("beside").start(work);

    private Beside() {}

    public static <T> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }

    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, THREADS);
    }
}
