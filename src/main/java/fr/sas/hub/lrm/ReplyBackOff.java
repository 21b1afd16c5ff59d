package fr.sas.hub.lrm;

import fr.sas.hub.slot.BackOff;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.Sleeper;

/** Waits between attempts at a reply as {@link BackOff} says; each reply counts its own failures. */
final class ReplyBackOff implements BackOffPolicy {

    private final BackOff backOff;
    private final Sleeper sleeper;

    ReplyBackOff(BackOff backOff, Sleeper sleeper) {
        this.backOff = backOff;
        this.sleeper = sleeper;
    }

    private static final class Failures implements BackOffContext {
        private static final long serialVersionUID = 1;

        private int count;
    }

    @Override
    public BackOffContext start(@Nullable RetryContext context) {
        return new Failures();
    }

    @Override
    public void backOff(BackOffContext context) {
        Failures failures = (Failures) context;
        failures.count++;
        try {
            sleeper.sleep(backOff.after(failures.count).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackOffInterruptedException("Interrupted between two attempts", e);
        }
    }
}
