package fr.sas.hub.appointment;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes appointments that ended long ago. Any number of nodes share the work; each batch is a transaction of its own.
 */
@Component
class PastAppointments {

    private static final int AT_ONCE = 5_000;

    private final AppointmentTables tables;
    private final AppointmentSettings settings;
    private final Clock clock;

    PastAppointments(AppointmentTables tables, AppointmentSettings settings, Clock clock) {
        this.tables = tables;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        boolean more;
        do {
            more = tables.sweepSomeEndedBy(clock.instant().minus(settings.kept()), AT_ONCE);
        } while (more);
    }
}
