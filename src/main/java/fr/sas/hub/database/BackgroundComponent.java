package fr.sas.hub.database;

import org.springframework.context.SmartLifecycle;

/** A component with a thread of its own that starts and stops with the hub. */
public interface BackgroundComponent extends SmartLifecycle {

    BackgroundThread thread();

    @Override
    default void start() {
        thread().start();
    }

    /** Does not wait until the work has ended. */
    @Override
    default void stop() {
        thread().stop();
    }

    @Override
    default boolean isRunning() {
        return thread().isRunning();
    }
}
