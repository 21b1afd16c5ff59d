package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void work_that_fails_in_a_way_nobody_foresaw_goes_on() {
        BackgroundThread thread = new BackgroundThread("failing", () -> {
            if (runs.incrementAndGet() < 3) {
                throw new AssertionError("a driver that gives up");
            }
        });

        thread.start();

        await().until(() -> runs.get() == 3);
        assertThat(thread.isRunning()).isTrue();
    }

    @Test
    void work_that_fails_after_it_was_stopped_is_not_begun_again() throws InterruptedException {
        BackgroundThread thread = new BackgroundThread("stopped", () -> {
            runs.incrementAndGet();
            BackgroundThread.pause(Duration.ofDays(1));
            throw new IllegalStateException("interrupted");
        });
        thread.start();
        await().until(() -> runs.get() == 1);

        thread.stop(Duration.ofDays(1));

        assertThat(runs).hasValue(1);
    }
}
