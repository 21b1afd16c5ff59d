package fr.sas.hub.line;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This node's turns to send a request to one vendor: those of all nodes together amount to {@code maxRequestsPerSecond}.
 * They are leased from the database, several at a time while many are wanted (docs/decisions/0079).
 */
final class RequestTurns {

    /** Longer leases would save statements, but make other nodes wait. */
    private static final Duration LONGEST_LEASE = Duration.ofMillis(250);

    /** Leases turns for a node. */
    interface Lease {
        /** @return nanoseconds until the first of them; empty if it would be later than {@code longest} */
        OptionalLong take(int turns, Duration step, Duration longest);
    }

    private final Lease lease;
    private final Duration step;
    private final int mostAtOnce;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger waiting = new AtomicInteger();

    /** On the clock of {@link System#nanoTime}. */
    private long next = System.nanoTime();

    private int left;
    private int lastLease;

    RequestTurns(int perSecond, Lease lease) {
        this.lease = lease;
        this.step = Duration.ofNanos(1_000_000_000L / perSecond);
        this.mostAtOnce = (int) Math.max(1, LONGEST_LEASE.dividedBy(step));
    }

    /** How many requests are waiting for their turn on this node. */
    int waiting() {
        return waiting.get();
    }

    /** Waits for a turn; false, without waiting, if none comes within {@code longest}. */
    boolean take(Duration longest) {
        waiting.incrementAndGet();
        try {
            OptionalLong turn = reserve(longest);
            if (turn.isEmpty()) {
                return false;
            }
            long nanos = turn.getAsLong() - System.nanoTime();
            if (nanos > 0) {
                Thread.sleep(Duration.ofNanos(nanos));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private OptionalLong reserve(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = System.nanoTime();
            boolean wasted = dropThosePassed(now);
            if (left == 0) {
                int turns =
                        wasted || now - next > LONGEST_LEASE.toNanos() ? 1 : Math.clamp(2L * lastLease, 1, mostAtOnce);
                OptionalLong in = lease.take(turns, step, longest);
                if (in.isEmpty()) {
                    return in;
                }
                next = System.nanoTime() + in.getAsLong();
                left = turns;
                lastLease = turns;
            }
            if (next - now > longest.toNanos()) {
                return OptionalLong.empty();
            }
            long turn = next;
            next += step.toNanos();
            left--;
            return OptionalLong.of(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Drops turns that have passed: a turn may be used until the next one begins. @return whether any was wasted */
    private boolean dropThosePassed(long now) {
        boolean wasted = false;
        while (left > 0 && next + step.toNanos() <= now) {
            next += step.toNanos();
            left--;
            wasted = true;
        }
        return wasted;
    }
}
