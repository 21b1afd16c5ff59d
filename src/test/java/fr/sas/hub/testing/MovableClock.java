package fr.sas.hub.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved, for tests that import {@link MovableClock.Wound} beside {@link HubTest}. */
public final class MovableClock extends Clock {

    private volatile Instant now = Instant.parse("2026-06-12T08:00:00Z");

    /** Puts the movable clock in the place of the hub's. */
    @org.springframework.boot.test.context.TestConfiguration
    public static class Wound {
        @org.springframework.context.annotation.Bean
        @org.springframework.context.annotation.Primary
        MovableClock movableClock() {
            return new MovableClock();
        }
    }

    public void moveTo(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
