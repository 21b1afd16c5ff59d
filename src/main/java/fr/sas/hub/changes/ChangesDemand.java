package fr.sas.hub.changes;

import fr.sas.hub.database.DatabasePulse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Whether anyone follows changes (none are written otherwise), and how far behind the writing is. */
@Component
class ChangesDemand {

    /** Published on the node that receives a request when it knew of no demand before. */
    record DemandBegan() {}

    private static final Logger log = LoggerFactory.getLogger(ChangesDemand.class);
    private static final Duration REPEATED_AFTER = Duration.ofMinutes(10);

    private final ChangesTables tables;
    private final ChangesSettings settings;
    private final DatabasePulse pulse;
    private final ApplicationEventPublisher events;
    private volatile boolean wanted;
    /** In seconds; NaN while it cannot be read. */
    private volatile double behind = Double.NaN;

    private volatile long toldAt;
    private volatile boolean told;

    ChangesDemand(
            ChangesTables tables,
            ChangesSettings settings,
            DatabasePulse pulse,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.tables = tables;
        this.settings = settings;
        this.pulse = pulse;
        this.events = events;
        Gauge.builder("hub.changes.behind", () -> pulse.isSilent() ? Double.NaN : behind)
                .baseUnit("seconds")
                .description(
                        "Age of the oldest change that consumers may not have received yet; 0 while nobody follows changes, NaN while"
                                + " it cannot be read")
                .register(meters);
    }

    boolean isWanted() {
        return wanted;
    }

    /** Called for every request; usually costs nothing. */
    void ask() {
        if (told && wanted && System.nanoTime() - toldAt < REPEATED_AFTER.toNanos()) {
            return;
        }
        tables.want();
        told = true;
        toldAt = System.nanoTime();
        if (!wanted) {
            wanted = true;
            events.publishEvent(new DemandBegan());
        }
    }

    @Scheduled(fixedDelay = 5_000)
    void poll() {
        if (pulse.isSilent()) {
            behind = Double.NaN;
            return;
        }
        try {
            ChangesTables.WriterStatus status = tables.writerStatus(settings.kept());
            wanted = status.isWanted();
            behind = wanted ? status.behind().toMillis() / 1000d : 0;
        } catch (DataAccessException e) {
            behind = Double.NaN;
            log.debug("Looking again: {}", e.getMessage());
        }
    }
}
