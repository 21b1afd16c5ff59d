package fr.sas.hub.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A figure that is expensive to count, counted again once it exceeds its maximum age, however many pages are open. */
final class Remembered<T> {

    private final Clock clock;
    private final Duration mayBe;
    private final Supplier<T> counted;
    private @Nullable T value;
    private Instant since = Instant.MIN;

    Remembered(Clock clock, Duration mayBe, Supplier<T> counted) {
        this.clock = clock;
        this.mayBe = mayBe;
        this.counted = counted;
    }

    synchronized T get() {
        Instant now = clock.instant();
        T known = value;
        if (known == null || since.plus(mayBe).isBefore(now) || since.isAfter(now)) {
            known = counted.get();
            value = known;
            since = now;
        }
        return known;
    }
}
