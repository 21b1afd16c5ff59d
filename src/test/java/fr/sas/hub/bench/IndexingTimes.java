package fr.sas.hub.bench;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long each delivery of the vendor under observation took from its arrival to the index, one by one: the hub's own timer keeps
 * only sums. Where it is a bean beside the hub's registries, other meters of the composite may count nothing: the composite reads
 * any one of its registries, and this one denies them.
 */
class IndexingTimes extends SimpleMeterRegistry {

    private static final String OBSERVED = "hub.delivery.indexing";

    private final AtomicReference<ConcurrentLinkedQueue<Double>> millis =
            new AtomicReference<>(new ConcurrentLinkedQueue<>());

    IndexingTimes() {
        super(SimpleConfig.DEFAULT, Clock.SYSTEM);
        config().meterFilter(MeterFilter.denyUnless(id -> id.getName().equals(OBSERVED)));
    }

    /** Since this was asked last, in milliseconds. */
    List<Double> take() {
        return List.copyOf(millis.getAndSet(new ConcurrentLinkedQueue<>()));
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
        boolean isObserved = id.getName().equals(OBSERVED) && HungVendor.GOOD.equals(id.getTag("vendor"));
        return isObserved ? new Kept(id, statistics, pauses) : super.newTimer(id, statistics, pauses);
    }

    private final class Kept extends CumulativeTimer {

        Kept(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
            super(id, Clock.SYSTEM, statistics, pauses, TimeUnit.MILLISECONDS, false);
        }

        @Override
        protected void recordNonNegative(long amount, TimeUnit unit) {
            super.recordNonNegative(amount, unit);
            millis.get().add(unit.toNanos(amount) / 1e6);
        }
    }
}
