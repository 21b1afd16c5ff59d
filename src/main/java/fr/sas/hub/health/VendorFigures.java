package fr.sas.hub.health;

import fr.sas.hub.asking.PollTargets;
import fr.sas.hub.asking.VendorRoutes;
import fr.sas.hub.line.AnswerOutcomes;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.VendorRemoved;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Metrics of vendors that are states, not events. Every row is rebuilt each time, so that outdated ones disappear; the
 * only open-ended label is the vendor's, from the descriptors. {@code docs/monitoring/README.md} lists them.
 */
@Component
class VendorFigures {

    private static final Logger log = LoggerFactory.getLogger(VendorFigures.class);

    private final VendorLines lines;
    private final VendorRoutes routes;
    private final Vendors vendors;
    private final PollTargets targets;
    private final MeterRegistry meters;
    private final Clock clock;
    private final MultiGauge breaker;
    private final MultiGauge states;
    private final MultiGauge lastGood;
    private final MultiGauge troubles;
    private final MultiGauge underWay;
    private final MultiGauge subjects;
    private final MultiGauge due;
    private final MultiGauge lag;
    private final MultiGauge expected;

    VendorFigures(
            VendorLines lines,
            VendorRoutes routes,
            Vendors vendors,
            PollTargets targets,
            MeterRegistry meters,
            Clock clock) {
        this.lines = lines;
        this.routes = routes;
        this.vendors = vendors;
        this.targets = targets;
        this.meters = meters;
        this.clock = clock;
        this.breaker = gauge("hub.vendor.breaker.state", "0 closed, 1 open, 2 half open", null);
        this.states = gauge("hub.vendor.state", "1 for the state the vendor is in on this node, else 0", null);
        this.lastGood = gauge(
                "hub.vendor.last.good.answer.timestamp",
                "When the request for the last complete answer was sent",
                "seconds");
        this.troubles = gauge(
                "hub.vendor.trouble.since.timestamp",
                "Since when no answer has been complete, what is wrong, and the delivery it began with; absent if "
                        + "all is well",
                "seconds");
        this.underWay = gauge("hub.vendor.questions.active", "Questions awaiting an answer", null);
        this.subjects = gauge("hub.vendor.targets", "Subjects the vendor is polled for, across all nodes", null);
        this.due = gauge("hub.vendor.targets.due", "Of these, due and not in progress", null);
        this.lag = gauge("hub.vendor.claim.lag", "How long the most overdue subject has been due", "seconds");
        this.expected = gauge(
                "hub.vendor.answer.expected",
                "Within how long a good answer is expected from a vendor that is polled; absent if it is not polled",
                "seconds");
    }

    private MultiGauge gauge(String name, String description, @Nullable String unit) {
        return MultiGauge.builder(name).description(description).baseUnit(unit).register(meters);
    }

    /** What this node knows by itself: cheap, and valid even while the database is down. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    synchronized void refresh() {
        List<VendorLine> now = lines.list();
        breaker.register(rows(now, VendorLine::breakerState), true);
        underWay.register(rows(now, VendorLine::underWay), true);
        lastGood.register(rows(now, line -> line.lastGood().toEpochMilli() / 1000.0), true);
        states.register(now.stream().flatMap(this::states).toList(), true);
        troubles.register(now.stream().flatMap(VendorFigures::trouble).toList(), true);
    }

    /** The queues are in the database and the same for all nodes: each reports them, a reader takes the maximum. */
    @Scheduled(fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void count() {
        Instant now = clock.instant();
        Map<Source, PollTargets.Queue> queues;
        try {
            queues = targets.queues(now);
        } catch (DataAccessException e) {
            log.warn("Could not count the vendors' queues: {}", e.getClass().getSimpleName());
            synchronized (this) {
                Stream.of(subjects, due, lag, expected).forEach(gauge -> gauge.register(List.of(), true));
            }
            return;
        }
        showQueues(queues, now);
    }

    private synchronized void showQueues(Map<Source, PollTargets.Queue> queues, Instant now) {
        PollTargets.Queue empty = new PollTargets.Queue(0, 0, null);
        Function<VendorLine, PollTargets.Queue> queue =
                line -> queues.getOrDefault(line.descriptor().source(), empty);
        List<VendorLine> asked = lines.list().stream()
                .filter(line -> line.descriptor().status() != Vendor.Status.PAUSED
                        && line.descriptor().isAsked())
                .toList();
        List<VendorLine> bySubject = asked.stream()
                .filter(line -> line.descriptor().isAskedBySubject())
                .toList();
        subjects.register(rows(lines.list(), line -> queue.apply(line).subjects()), true);
        due.register(rows(bySubject, line -> queue.apply(line).due()), true);
        lag.register(rows(bySubject, line -> lag(queue.apply(line), now)), true);
        expected.register(
                rows(
                        asked.stream()
                                .filter(line -> !line.descriptor().isAskedBySubject()
                                        || queue.apply(line).subjects() > 0)
                                .toList(),
                        VendorFigures::expectedWithin),
                true);
    }

    private static double expectedWithin(VendorLine line) {
        VendorDescriptor.Poll poll = line.descriptor().poll();
        Duration pause = line.descriptor().isAskedBySubject() ? poll.idleEvery() : poll.every();
        return pause.plus(poll.timeout()).toMillis() / 1000.0;
    }

    private static double lag(PollTargets.Queue queue, Instant now) {
        Instant oldest = queue.oldest();
        return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0);
    }

    private static List<Row<?>> rows(List<VendorLine> lines, Function<VendorLine, Number> value) {
        return lines.stream()
                .<Row<?>>map(line -> Row.of(Tags.of("vendor", nameOf(line)), value.apply(line)))
                .toList();
    }

    private Stream<Row<?>> states(VendorLine line) {
        VendorState.State is =
                VendorState.stateOf(line, routes.gaveUp(line.descriptor().source()), clock);
        return Arrays.stream(VendorState.State.values())
                .map(state -> Row.of(
                        Tags.of("vendor", nameOf(line), "state", state.name().toLowerCase(Locale.ROOT)),
                        state == is ? 1 : 0));
    }

    private static Stream<Row<?>> trouble(VendorLine line) {
        VendorLine.Outcome outcome = line.outcome();
        if (outcome.trouble() == null || outcome.troubleSince() == null) {
            return Stream.empty();
        }
        return Stream.of(Row.of(
                Tags.of(
                        "vendor",
                        nameOf(line),
                        "trouble",
                        AnswerOutcomes.small(outcome.trouble()),
                        "delivery",
                        Objects.toString(outcome.trippedBy(), "")),
                outcome.troubleSince().toEpochMilli() / 1000.0));
    }

    private static String nameOf(VendorLine line) {
        return line.descriptor().source().name();
    }

    /** A vendor that has left takes all its metrics with it, whichever room registered them. */
    @EventListener
    void on(VendorRemoved left) {
        forgetThoseWhoLeft();
        refresh();
        count();
    }

    @EventListener
    void on(VendorChanged changed) {
        refresh();
    }

    /** Questions still in progress when their vendor left may have been counted afterwards. */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void forgetThoseWhoLeft() {
        meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("hub."))
                .filter(meter -> {
                    String vendor = meter.getId().getTag("vendor");
                    return vendor != null && vendors.find(new Source(vendor)).isEmpty();
                })
                .forEach(meters::remove);
    }
}
