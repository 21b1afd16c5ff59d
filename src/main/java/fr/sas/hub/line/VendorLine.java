package fr.sas.hub.line;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The line to one vendor: its own rate limit, circuit breaker, back-off and number of concurrent requests, so that one
 * vendor's trouble does not affect others. Created anew with each descriptor; the old one stops at once.
 */
public final class VendorLine {

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(30);

    /** Changes by operators take effect with the next request; a new file creates a new line. */
    private volatile VendorDescriptor descriptor;

    private final RateLimiter rate;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;
    private volatile Instant quietUntil = Instant.MIN;
    private volatile int failures;
    private final Instant lastKnownGood;
    private volatile Outcome last = new Outcome(null, null, null, null);

    /**
     * How the vendor has been answering.
     *
     * @param goodAt when the last completely answered request was sent; null when there was none yet
     * @param troubleSince since when no answer was complete; null when the last one was
     * @param trouble of the last request; null when it was good
     * @param trippedBy the delivery with which the trouble began; null when there was no delivery
     */
    public record Outcome(
            @Nullable Instant goodAt,
            @Nullable Instant troubleSince,
            Answer.@Nullable Trouble trouble,
            @Nullable UUID trippedBy) {}

    /** @param lastKnownGood the latest complete answer before this line, by any node; now when there was none */
    VendorLine(VendorDescriptor descriptor, Instant lastKnownGood, Clock clock) {
        this.descriptor = descriptor;
        this.lastKnownGood = lastKnownGood;
        this.clock = clock;
        String name = descriptor.source().name();
        this.rate = RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofNanos(
                                1_000_000_000L / descriptor.poll().maxRequestsPerSecond()))
                        .timeoutDuration(descriptor.poll().timeout())
                        .build());
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(BREAKER_OPEN)
                        .clock(clock)
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
    }

    /** The descriptor in force, including changes by operators. */
    public VendorDescriptor descriptor() {
        return descriptor;
    }

    void descriptor(VendorDescriptor now) {
        descriptor = now;
    }

    /** Whether a request may be sent now; if so, a permit is taken that {@link #complete} returns. */
    public boolean acquire() {
        if (closed
                || descriptor.status() == Vendor.Status.PAUSED
                || clock.instant().isBefore(quietUntil)) {
            return false;
        }
        if (underWay.incrementAndGet() > descriptor.poll().concurrency()) {
            underWay.decrementAndGet();
            return false;
        }
        if (!breaker.tryAcquirePermission()) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** No subject was due after all: returns the permit and the breaker's permission unused. */
    public void release() {
        breaker.releasePermission();
        underWay.decrementAndGet();
    }

    /** Waits for the vendor's rate limit; called for each page. */
    void waitForTurn() {
        RateLimiter.waitForPermission(rate);
    }

    /** As {@link #waitForTurn}, without throwing: false when no turn came within the vendor's timeout. */
    boolean takeTurn() {
        return rate.acquirePermission();
    }

    /**
     * The result on the wire, which determines when the vendor is queried next. Whether the answer was usable is up to
     * {@link #judge}.
     */
    public synchronized void complete(
            Answer answer, @Nullable String retryAfter, Duration took, @Nullable UUID delivery) {
        // a request that began on the line before this one ends here
        underWay.updateAndGet(calls -> Math.max(0, calls - 1));
        Instant now = clock.instant();
        switch (answer) {
            case Answer.Complete complete -> {
                breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
                failures = 0;
            }
            case Answer.Partial partial -> {
                breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
                failures = 0;
            }
            case Answer.Failed failed -> {
                if (failed.trouble().kind() == Answer.Kind.HUB_FAILED) {
                    breaker.releasePermission();
                    return;
                }
                breaker.onError(
                        took.toNanos(),
                        TimeUnit.NANOSECONDS,
                        new IllegalStateException(failed.trouble().kind().name()));
                failures++;
                trouble(failed.trouble(), now, delivery);
                quietUntil = latest(now.plus(restAfterFailure()), retryAt(retryAfter, now));
            }
        }
    }

    /** The quality of the answer once it was read: an unreadable one with HTTP 200 is not a good answer. */
    public synchronized void judge(Answer answer, Instant askedAt, @Nullable UUID delivery) {
        switch (answer) {
            case Answer.Complete complete -> last = new Outcome(askedAt, null, null, null);
            case Answer.Partial partial -> trouble(partial.trouble(), clock.instant(), delivery);
            case Answer.Failed failed -> trouble(failed.trouble(), clock.instant(), delivery);
        }
    }

    /** The vendor contacted the hub itself. */
    public void heard(Instant at) {
        last = new Outcome(at, null, null, null);
    }

    private void trouble(Answer.Trouble trouble, Instant now, @Nullable UUID delivery) {
        Outcome before = last;
        last = before.troubleSince() == null
                ? new Outcome(before.goodAt(), now, trouble, delivery)
                : new Outcome(before.goodAt(), before.troubleSince(), trouble, before.trippedBy());
    }

    /** At least as long as the breaker is open, so that the announced time of the next attempt is accurate. */
    private Duration restAfterFailure() {
        Duration backOff = backOff(failures);
        return isBreakerOpen() && backOff.compareTo(BREAKER_OPEN) < 0 ? BREAKER_OPEN : backOff;
    }

    /** Doubles with each consecutive failure, half of it random, up to five minutes. */
    private static Duration backOff(int failures) {
        long longest = Math.min(LONGEST_BACK_OFF.toMillis(), FIRST_BACK_OFF.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }

    /** Parses Retry-After (RFC 9110 §10.2.3): seconds or an HTTP date; capped at one hour. */
    static Instant retryAt(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Instant.MIN;
        }
        try {
            Instant asked = retryAfter.strip().matches("\\d{1,9}")
                    ? now.plusSeconds(Long.parseLong(retryAfter.strip()))
                    : ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            Instant longest = now.plus(LONGEST_RETRY_AFTER);
            return asked.isAfter(longest) ? longest : asked;
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Resets the failure state: an operator states that the vendor works again. */
    synchronized void forgetFailures() {
        breaker.reset();
        failures = 0;
        quietUntil = Instant.MIN;
    }

    /** No new requests start after this; one in progress is completed. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    public boolean isBreakerOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** When the last completely answered request was sent, even before this line existed; never later than now. */
    public Instant lastGood() {
        Instant goodAt = last.goodAt();
        return goodAt == null ? lastKnownGood : latest(goodAt, lastKnownGood);
    }

    /** 0 closed, 1 open, 2 half open: the values of the metric of that name. */
    public int breakerState() {
        return breaker.getState().getOrder();
    }

    public Outcome outcome() {
        return last;
    }

    /** No requests are sent to the vendor before this instant; far in the past when there is no pause. */
    public Instant quietUntil() {
        return quietUntil;
    }

    public int underWay() {
        return underWay.get();
    }
}
