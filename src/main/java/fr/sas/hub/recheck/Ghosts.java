package fr.sas.hub.recheck;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.SlotName;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.GhostSuspicions;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Samples the shown slots of vendors that are polled: the vendor is asked again, and the share of slots that are gone
 * is reported to monitoring and to {@link GhostSuspicions}. Recovery is automatic, because a doubted vendor is still
 * sampled.
 */
@Component
class Ghosts {

    private static final Duration NOT_SOONER_THAN = Duration.ofMinutes(1);

    private final Vendors vendors;
    private final AvailabilityIndex index;
    private final Rechecks rechecks;
    private final GhostSamples samples;
    private final GhostSuspicions ghostSuspicions;
    private final GhostSettings settings;
    private final Clock clock;
    private final MultiGauge ratios;
    private final MultiGauge doubted;

    Ghosts(
            Vendors vendors,
            AvailabilityIndex index,
            Rechecks rechecks,
            GhostSamples samples,
            GhostSuspicions ghostSuspicions,
            GhostSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.vendors = vendors;
        this.index = index;
        this.rechecks = rechecks;
        this.samples = samples;
        this.ghostSuspicions = ghostSuspicions;
        this.settings = settings;
        this.clock = clock;
        this.ratios = MultiGauge.builder("hub.vendor.ghost.ratio")
                .description("Share of shown slots that were gone when the vendor was asked again")
                .register(meters);
        this.doubted = MultiGauge.builder("hub.vendor.doubted")
                .description(
                        "1 while too many of the vendor's slots are gone: they are unverified, and it is polled more "
                                + "often")
                .register(meters);
    }

    /** Nodes take turns; the asking itself is done on separate threads. */
    @Scheduled(fixedDelay = 1, initialDelay = 5, timeUnit = java.util.concurrent.TimeUnit.SECONDS)
    void sample() {
        if (settings.samplesPerMinute() == 0) {
            return;
        }
        Duration every = Duration.ofMinutes(1).dividedBy(settings.samplesPerMinute());
        for (Vendor vendor : vendors.list()) {
            if (vendor.status() == Vendor.Status.LIVE
                    && rechecks.canAsk(vendor.source())
                    && samples.takeTurn(vendor.source(), every)) {
                Thread.ofVirtual().name("ghosts-" + vendor.source()).start(() -> sample(vendor.source()));
            }
        }
    }

    /** Checks one slot, if one is shown. */
    void sample(Source vendor) {
        Instant now = clock.instant();
        SlotName any = index.anySlotOf(vendor, now.plus(NOT_SOONER_THAN)).orElse(null);
        if (any == null) {
            return;
        }
        MergedSlot shown = shown(vendor, any.subject()).stream()
                .filter(slot -> slot.slot().start().isAfter(now.plus(NOT_SOONER_THAN)))
                .filter(slot ->
                        !slot.source().equals(vendor) || slot.slot().reference().equals(any.reference()))
                .findFirst()
                .orElse(null);
        if (shown != null && rechecks.ask(vendor, any.subject())) {
            boolean gone = shown(vendor, any.subject()).stream()
                    .noneMatch(slot -> slot.id().equals(shown.id()));
            samples.save(vendor, shown.id(), gone);
            judge(vendor);
        }
    }

    private List<MergedSlot> shown(Source vendor, Subject subject) {
        return Objects.requireNonNull(index.availabilityOf(List.of(subject)).get(subject)).slots().stream()
                .filter(slot -> Stream.concat(
                                Stream.of(slot.source()), slot.others().stream().map(MergedSlot.Other::source))
                        .anyMatch(vendor::equals))
                .toList();
    }

    private void judge(Source vendor) {
        GhostSamples.GhostShare share = samples.since(vendor, clock.instant().minus(settings.window()));
        ghostSuspicions.found(vendor, share.sampled(), share.ratio(), isDoubted(share), settings.window());
    }

    /** Null if the share is neither high nor low enough to change anything. */
    private @Nullable Boolean isDoubted(GhostSamples.GhostShare share) {
        if (share.sampled() < settings.atLeast()) {
            return null;
        }
        return share.ratio() > settings.threshold()
                ? Boolean.TRUE
                : share.ratio() < settings.threshold() / 2 ? Boolean.FALSE : null;
    }

    /**
     * Every node publishes what any of them found. Vendors that are not live are not sampled, and nothing is published
     * about them.
     */
    @Scheduled(fixedDelay = 10, initialDelay = 5, timeUnit = java.util.concurrent.TimeUnit.SECONDS)
    synchronized void publish() {
        List<Vendor> live = vendors.list().stream()
                .filter(vendor -> vendor.status() == Vendor.Status.LIVE)
                .toList();
        doubted.register(rows(live, vendor -> vendor.isDoubted() ? 1 : 0), true);
        Map<Source, GhostSuspicions.Ghosts> found = ghostSuspicions.all();
        List<Vendor> sampled = live.stream()
                .filter(vendor -> found.containsKey(vendor.source()))
                .toList();
        ratios.register(
                rows(
                        sampled,
                        vendor -> Objects.requireNonNull(found.get(vendor.source()))
                                .ratio()),
                true);
    }

    private static List<Row<?>> rows(List<Vendor> vendors, Function<Vendor, Number> value) {
        return vendors.stream()
                .<Row<?>>map(vendor -> Row.of(Tags.of("vendor", vendor.source().name()), value.apply(vendor)))
                .toList();
    }
}
