package fr.sas.hub.search;

import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorRemoved;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The metrics of {@code /fhir}. Recorded once per search, not per slot: their cost to an answer is negligible. */
@Component
class SearchFigures {

    private static final Duration[] LATENCIES = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    /** Around the default settings: unverified after 5 minutes, hidden after 20. */
    private static final Duration[] AGES = Stream.of(15, 30, 60, 120, 180, 300, 600, 900, 1200, 1800)
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final Timer latency;
    private final DistributionSummary size;
    private final DistributionSummary slots;
    private final Map<Source, Timer> ages = new ConcurrentHashMap<>();

    SearchFigures(MeterRegistry meters) {
        this.meters = meters;
        this.latency = Timer.builder("hub.search")
                .description("Searches answered, including the wait for a seat")
                .serviceLevelObjectives(LATENCIES)
                .register(meters);
        this.size = DistributionSummary.builder("hub.search.size")
                .description("Search answers as sent, compressed or not")
                .baseUnit("bytes")
                .serviceLevelObjectives(1_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000)
                .register(meters);
        this.slots = DistributionSummary.builder("hub.search.slots")
                .description("Slots found by a search")
                .serviceLevelObjectives(0.5, 1, 10, 50, 100, 500, 1_000, 5_000)
                .register(meters);
    }

    void answered(long nanos, int bytes) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
        size.record(bytes);
    }

    /** @param number of slots found by a search */
    void found(int number) {
        slots.record(number);
    }

    /** Any request to {@code /fhir} that was not answered as requested; 429 means a search that found no seat. */
    void refused(int status) {
        meters.counter("hub.fhir.refusals", "status", Integer.toString(status)).increment();
    }

    /** @param why the client took too long ({@code time}) or room was needed for others ({@code room}) */
    void cut(String why) {
        meters.counter("hub.fhir.readers.cut", "why", why).increment();
    }

    /** @param age of the oldest of this vendor's confirmations that one answer served */
    void served(Source vendor, Duration age) {
        ages.computeIfAbsent(vendor, this::ages).record(age);
    }

    /** @param kind what is wrong with the source, as in the answer's OperationOutcome */
    void spoiled(String vendor, String kind) {
        meters.counter("hub.search.spoiled.sources", "vendor", vendor, "kind", kind.replace('-', '_'))
                .increment();
    }

    private Timer ages(Source vendor) {
        return Timer.builder("hub.search.age")
                .description("Age of a vendor's oldest confirmation served in an answer")
                .tag("vendor", vendor.name())
                .serviceLevelObjectives(AGES)
                .register(meters);
    }

    @EventListener
    void on(VendorRemoved left) {
        ages.remove(left.source());
    }

    /** A vendor that comes back counts from zero. */
    @EventListener
    void on(VendorChanged changed) {
        ages.remove(changed.source());
    }
}
