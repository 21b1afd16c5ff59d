package fr.sas.hub.line;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The line to one vendor: its own rate limit, circuit breaker, back-off and number of concurrent requests, so that one
 * vendor's trouble does not affect others. All but the last are shared by all nodes (docs/decisions/0079). Created anew
 * with each descriptor; the old one stops at once.
 */
public final class VendorLine {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    /** Well within the margin by which a claim outlasts the vendor's timeout. */
    private static final Duration LONGEST_WAIT_FOR_A_TURN = Duration.ofSeconds(30);
    /** More requests would queue here while other nodes could send them on their own turns. */
    private static final int MOST_WAITING = 2;

    /** Changes by operators take effect with the next request; a new file creates a new line. */
    private volatile VendorDescriptor descriptor;

    private final SharedLines sharedLines;
    private final RequestTurns turns;
    /** Considers this node's own requests only. */
    private final CircuitBreaker breaker;

    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;
    private volatile Instant quietUntil = Instant.MIN;
    private volatile int failures;
    private final Instant lastKnownGood;
    private volatile @Nullable Instant answeredAt;
    private volatile SharedTrouble shared = SharedTrouble.NONE;
    private final AtomicBoolean trying = new AtomicBoolean();
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
    VendorLine(VendorDescriptor descriptor, Instant lastKnownGood, SharedLines sharedLines, Clock clock) {
        this.descriptor = descriptor;
        this.sharedLines = sharedLines;
        this.lastKnownGood = lastKnownGood;
        this.clock = clock;
        String name = descriptor.source().name();
        this.turns = new RequestTurns(
                descriptor.poll().maxRequestsPerSecond(),
                (many, step, longest) -> sharedLines.lease(descriptor.source(), many, step, longest, answeredAt));
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(SharedTrouble.BREAKER_OPEN)
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
                || clock.instant().isBefore(quietUntil())) {
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
        boolean mayTry = false;
        try {
            mayTry = mayTry();
        } finally {
            if (!mayTry) {
                breaker.releasePermission();
                underWay.decrementAndGet();
            }
        }
        return mayTry;
    }

    /** While the circuit is open for all nodes, one request of one of them is tried at a time. */
    private boolean mayTry() {
        SharedTrouble trouble = shared;
        if (!trouble.isBroken()) {
            return true;
        }
        Instant now = clock.instant();
        Instant until = now.plus(descriptor.poll().timeout()).plus(LONGEST_WAIT_FOR_A_TURN);
        boolean mine = !trouble.isBeingTriedAt(now) && sharedLines.takeTrial(descriptor.source(), now, until);
        trying.compareAndSet(false, mine);
        return mine;
    }

    private void endTrial() {
        if (trying.compareAndSet(true, false)) {
            sharedLines.endTrial(descriptor.source());
        }
    }

    /** Whether a further question would be sent soon: few are waiting for their turn on this node. */
    public boolean isTurnSoon() {
        return turns.waiting() < MOST_WAITING;
    }

    /** No subject was due after all: returns the permit and the breaker's permission unused. */
    public void release() {
        breaker.releasePermission();
        underWay.decrementAndGet();
        endTrial();
    }

    /** Waits for the vendor's rate limit; called for each page. */
    void waitForTurn() {
        if (!turns.take(LONGEST_WAIT_FOR_A_TURN)) {
            throw new IllegalStateException("No turn to send a request to " + descriptor.source());
        }
    }

    /** As {@link #waitForTurn}, without throwing: false when no turn comes within the vendor's timeout. */
    boolean takeTurn() {
        return turns.take(descriptor.poll().timeout());
    }

    /**
     * The result on the wire, which determines when the vendor is queried next. Whether the answer was usable is up to
     * {@link #judge}.
     */
    public void complete(Answer answer, @Nullable String retryAfter, Duration took, @Nullable UUID delivery) {
        // a request that began on the line before this one ends here
        underWay.updateAndGet(calls -> Math.max(0, calls - 1));
        Instant now = clock.instant();
        switch (answer) {
            case Answer.Complete complete -> answered(now, took);
            case Answer.Partial partial -> answered(now, took);
            case Answer.Failed failed -> {
                if (failed.trouble().kind() == Answer.Kind.HUB_FAILED) {
                    breaker.releasePermission();
                    endTrial();
                } else {
                    failed(failed.trouble(), retryAt(retryAfter, now), now, took, delivery);
                }
            }
        }
    }

    private void answered(Instant now, Duration took) {
        breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        failures = 0;
        answeredAt = now;
        SharedTrouble known = shared;
        if (trying.getAndSet(false) || known.failures() > 0 || known.isBroken()) {
            sharedLines.answered(descriptor.source(), now.minus(took), now);
        }
    }

    private void failed(Answer.Trouble trouble, Instant retryAt, Instant now, Duration took, @Nullable UUID delivery) {
        breaker.onError(
                took.toNanos(),
                TimeUnit.NANOSECONDS,
                new IllegalStateException(trouble.kind().name()));
        boolean broke = breaker.getState() == CircuitBreaker.State.OPEN;
        synchronized (this) {
            failures++;
            trouble(trouble, now, delivery);
            quietUntil = SharedTrouble.latest(now.plus(SharedTrouble.pause(failures, broke)), retryAt);
        }
        trying.set(false);
        if (!closed) {
            boolean spoke = trouble.kind() != Answer.Kind.UNREACHABLE && trouble.kind() != Answer.Kind.TIMED_OUT;
            shared = sharedLines.failed(
                    descriptor.source(), new SharedTrouble.Failure(now.minus(took), now, spoke, broke, retryAt));
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
    public void recordContact(Instant at) {
        last = new Outcome(at, null, null, null);
    }

    private void trouble(Answer.Trouble trouble, Instant now, @Nullable UUID delivery) {
        Outcome before = last;
        last = before.troubleSince() == null
                ? new Outcome(before.goodAt(), now, trouble, delivery)
                : new Outcome(before.goodAt(), before.troubleSince(), trouble, before.trippedBy());
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

    /** Resets the failure state: an operator states that the vendor works again. */
    void forgetFailures() {
        synchronized (this) {
            breaker.reset();
            failures = 0;
            quietUntil = Instant.MIN;
        }
        sharedLines.forgetTrouble(descriptor.source());
        shared = SharedTrouble.NONE;
    }

    /** Takes over what other nodes know about the vendor. */
    void adopt(SharedTrouble trouble) {
        shared = trouble;
    }

    /** No new requests start after this; one in progress is completed. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    public boolean isBreakerOpen() {
        return breakerState() == CircuitBreaker.State.OPEN.getOrder();
    }

    /** When the last completely answered request was sent, even before this line existed; never later than now. */
    public Instant lastGood() {
        Instant goodAt = last.goodAt();
        return goodAt == null ? lastKnownGood : SharedTrouble.latest(goodAt, lastKnownGood);
    }

    /** 0 closed, 1 open, 2 half open: the values of the metric of that name. */
    public int breakerState() {
        SharedTrouble trouble = shared;
        if (!trouble.isBroken()) {
            return breaker.getState().getOrder();
        }
        return (clock.instant().isBefore(trouble.quietUntil())
                        ? CircuitBreaker.State.OPEN
                        : CircuitBreaker.State.HALF_OPEN)
                .getOrder();
    }

    public Outcome outcome() {
        return last;
    }

    /** No requests are sent to the vendor before this instant; far in the past when there is no pause. */
    public Instant quietUntil() {
        return SharedTrouble.latest(quietUntil, shared.quietUntil());
    }

    public int underWay() {
        return underWay.get();
    }
}
