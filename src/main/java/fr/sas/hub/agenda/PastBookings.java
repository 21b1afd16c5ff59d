package fr.sas.hub.agenda;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets bookings of occurrences that ended long ago; until then their number is still listed. */
@Component
class PastBookings {

    private static final int AT_ONCE = 5_000;
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final BookingTables bookings;
    private final Clock clock;

    PastBookings(BookingTables bookings, Clock clock) {
        this.bookings = bookings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 11, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        boolean more;
        do {
            more = bookings.sweepSomeEndedBy(clock.instant().minus(REMEMBERED), AT_ONCE);
        } while (more);
    }
}
