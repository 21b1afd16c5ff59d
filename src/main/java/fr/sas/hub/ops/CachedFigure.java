package fr.sas.hub.ops;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** A figure that is expensive to count, counted again once it exceeds its maximum age, however many pages are open. */
final class CachedFigure<T> {

    private final LoadingCache<Class<?>, T> counted;

    CachedFigure(Clock clock, Duration mayBe, Supplier<T> count) {
        counted = Caffeine.newBuilder()
                .expireAfterWrite(mayBe)
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .build(figure -> count.get());
    }

    T get() {
        return counted.get(CachedFigure.class);
    }
}
