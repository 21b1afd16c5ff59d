package fr.sas.hub.search;

import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorLeft;
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

/** The figures of {@code /fhir}. Told once per search, not per slot: they cost an answer next to nothing. */
@Component
class SearchFigures {

    private static final Duration[] LATENCIES = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    /** Around the settings' defaults: 5 minutes unverified, 20 minutes hidden. */
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
                .description("Searches answered, waiting for a seat included")
                .serviceLevelObjectives(LATENCIES)
                .register(meters);
        this.size = DistributionSummary.builder("hub.search.size")
                .description("Answers to searches as sent, compressed or not")
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

    /** @param number of slots, of a search for them */
    void found(int number) {
        slots.record(number);
    }

    /** Any request to {@code /fhir} that was not answered as asked: 429 is a search that found no seat. */
    void refused(int status) {
        meters.counter("hub.fhir.refusals", "status", Integer.toString(status)).increment();
    }

    /** @param why the reader took too long ({@code time}), or room was needed for others ({@code room}) */
    void cut(String why) {
        meters.counter("hub.fhir.readers.cut", "why", why).increment();
    }

    /** @param age of the oldest confirmation among what one answer served of this vendor */
    void served(Source vendor, Duration age) {
        ages.computeIfAbsent(vendor, this::ages).record(age);
    }

    /** @param kind what spoils the source, as the answer's outcome has it */
    void spoiled(String vendor, String kind) {
        meters.counter("hub.search.spoiled.sources", "vendor", vendor, "kind", kind.replace('-', '_'))
                .increment();
    }

    private Timer ages(Source vendor) {
        return Timer.builder("hub.search.age")
                .description("How old the oldest word of a vendor was that an answer served")
                .tag("vendor", vendor.name())
                .serviceLevelObjectives(AGES)
                .register(meters);
    }

    @EventListener
    void on(VendorLeft left) {
        ages.remove(left.source());
    }

    /** One that comes back counts from nought. */
    @EventListener
    void on(VendorChanged changed) {
        ages.remove(changed.source());
    }
}
