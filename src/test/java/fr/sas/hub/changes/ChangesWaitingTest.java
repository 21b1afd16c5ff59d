package fr.sas.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fr.sas.hub.database.DatabasePulse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Whoever waits gets an answer, which then says what is wrong. */
class ChangesWaitingTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    static RuntimeException[] failures() {
        return new RuntimeException[] {
            new CannotCreateTransactionException("no connection"),
            new DataAccessResourceFailureException("connection lost"),
            new IllegalStateException("a fault of ours")
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_fails_while_somebody_waits_they_are_answered(RuntimeException failure) throws InterruptedException {
        Changes changes = mock(Changes.class);
        when(changes.after(any(), any(), anyInt())).thenThrow(failure);
        ChangesWaiting waiting = new ChangesWaiting(
                changes,
                new ChangesSettings(Duration.ofDays(7), LONGEST, 10, LONGEST, LONGEST),
                mock(DatabasePulse.class),
                new SimpleMeterRegistry());
        waiting.start();
        CountDownLatch answered = new CountDownLatch(1);

        waiting.await(Position.of(1), LONGEST, answered::countDown);

        assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
        waiting.stop();
    }
}
