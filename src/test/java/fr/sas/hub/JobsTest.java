package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.TaskScheduler;

/** What the hub does again and again by itself. */
@HubTest
class JobsTest {

    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Future<?>> jobs = new ArrayList<>();

    @Autowired
    TaskScheduler scheduler;

    @AfterEach
    void leave() {
        released.countDown();
        jobs.forEach(job -> job.cancel(true));
    }

    @Test
    void a_job_that_is_stuck_holds_up_no_other() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(2);
        CountDownLatch runs = new CountDownLatch(3);
        Runnable waits = () -> {
            stuck.countDown();
            awaitRelease();
        };
        again(waits);
        again(waits);
        again(runs::countDown);

        assertThat(stuck.await(10, TimeUnit.SECONDS)).as("both wait").isTrue();
        assertThat(runs.await(10, TimeUnit.SECONDS)).as("the other goes on").isTrue();
    }

    private void again(Runnable job) {
        jobs.add(scheduler.scheduleWithFixedDelay(job, Duration.ofMillis(10)));
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
