package fr.sas.hub.index;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sweeps slots that have ended, to save space: readers ignore them by the clock, swept or not. */
@Component
class PastSlots {

    private static final int AT_ONCE = 10_000;

    private final ChangeLog log;
    private final HoldTables holds;
    private final Clock clock;

    PastSlots(ChangeLog log, HoldTables holds, Clock clock) {
        this.log = log;
        this.holds = holds;
        this.clock = clock;
    }

    /** Any number of nodes share the work; each batch is a transaction of its own. */
    @Scheduled(fixedDelay = 5, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        boolean more;
        do {
            more = log.sweepSomeEndedBy(clock.instant(), AT_ONCE);
        } while (more);
        do {
            more = holds.sweepSomeEndedBy(clock.instant(), AT_ONCE);
        } while (more);
    }
}
