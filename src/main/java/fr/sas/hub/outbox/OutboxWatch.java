package fr.sas.hub.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The queue's length and age as metrics and health; removes dead letters that have been ignored for long. */
@Component("outboxHealthIndicator")
class OutboxWatch implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(OutboxWatch.class);
    private static final Status WARN = new Status("WARN");

    private final Destinations destinations;
    private final Letters letters;
    private final OutboxSettings settings;
    private final Clock clock;
    private final MultiGauge waiting;
    private final MultiGauge dead;
    private final MultiGauge age;
    private final MultiGauge stopped;
    /** Null while unknown. */
    private volatile @Nullable List<DestinationStatus> last;

    OutboxWatch(
            Destinations destinations, Letters letters, OutboxSettings settings, MeterRegistry meters, Clock clock) {
        this.destinations = destinations;
        this.letters = letters;
        this.settings = settings;
        this.clock = clock;
        this.waiting = MultiGauge.builder("hub.outbox.waiting")
                .description("Letters waiting to be sent")
                .register(meters);
        this.dead = MultiGauge.builder("hub.outbox.dead")
                .description("Letters refused or given up")
                .register(meters);
        this.age = MultiGauge.builder("hub.outbox.oldest.seconds")
                .description("Age of the oldest waiting letter")
                .baseUnit("seconds")
                .register(meters);
        this.stopped = MultiGauge.builder("hub.outbox.stopped")
                .description("1: stopped by an operator")
                .register(meters);
    }

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.SECONDS)
    void poll() {
        List<DestinationStatus> statuses;
        try {
            statuses = destinations.statuses(clock.instant());
        } catch (DataAccessException e) {
            log.warn(
                    "The queues of the outbox could not be counted: {}",
                    e.getClass().getSimpleName());
            last = null;
            Stream.of(waiting, dead, age, stopped).forEach(gauge -> gauge.register(List.of(), true));
            return;
        }
        last = statuses;
        show(waiting, statuses, DestinationStatus::waiting);
        show(dead, statuses, DestinationStatus::dead);
        show(age, statuses, status -> ageOf(status).toMillis() / 1000.0);
        show(stopped, statuses, status -> status.state() == DestinationStatus.State.STOPPED ? 1 : 0);
    }

    private static void show(
            MultiGauge gauge, List<DestinationStatus> statuses, ToDoubleFunction<DestinationStatus> figure) {
        gauge.register(
                statuses.stream()
                        .map(status ->
                                Row.of(Tags.of("destination", status.destination()), figure.applyAsDouble(status)))
                        .toList(),
                true);
    }

    private Duration ageOf(DestinationStatus status) {
        Instant oldest = status.oldestAt();
        return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    }

    @Scheduled(fixedDelay = 60, initialDelay = 14, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        int removed = letters.removeDeadBefore(clock.instant().minus(settings.keepDead()));
        if (removed > 0) {
            log.warn("{} dead letters were removed after {}", removed, settings.keepDead());
        }
    }

    /**
     * Publicly visible: names and numbers only. Never DOWN, as the hub itself works and must not be taken out of
     * service; UNKNOWN while the queues cannot be counted.
     */
    @Override
    public Health health() {
        List<DestinationStatus> statuses = last;
        if (statuses == null) {
            return Health.unknown().build();
        }
        Health.Builder health = Health.status(statuses.stream().anyMatch(this::isWorrying) ? WARN : Status.UP);
        statuses.stream()
                .filter(status -> status.waiting() > 0 || status.dead() > 0 || isWorrying(status))
                .forEach(status -> health.withDetail(
                        status.destination(),
                        status.state() + ", " + status.waiting() + " waiting, " + status.dead() + " dead"));
        return health.build();
    }

    private boolean isWorrying(DestinationStatus status) {
        return status.state() == DestinationStatus.State.STOPPED
                || status.dead() > 0
                || ageOf(status).compareTo(settings.worryAfter()) > 0;
    }
}
