package fr.sas.hub.help;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Limits how many uploads run and wait at a time, with a cap per network address, so that no one can take all slots. */
final class UploadSeats {

    /** With this many waiting from one address, or {@link #MOST_WAITING} in all, further ones are refused at once: a flood must not pile up here. */
    private static final int MOST_WAITING_OF_ONE_ADDRESS = 10;

    private static final int MOST_WAITING = 60;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition left = lock.newCondition();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private final int ofOneAddress;
    private int free;

    UploadSeats(int all, int ofOneAddress) {
        this.free = all;
        this.ofOneAddress = ofOneAddress;
    }

    /**
     * Waits for a seat, which the caller must give back.
     *
     * @return whether one is taken; also false, with the thread's interruption kept, if it was interrupted
     */
    boolean take(String address, Duration patience) {
        lock.lock();
        try {
            if (!isSeatFor(address) && !waits(address, patience)) {
                return false;
            }
            free--;
            taken.merge(address, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean waits(String address, Duration patience) {
        if (waiting.getOrDefault(address, 0) == MOST_WAITING_OF_ONE_ADDRESS || waiting() == MOST_WAITING) {
            return false;
        }
        waiting.merge(address, 1, Integer::sum);
        try {
            long nanos = patience.toNanos();
            while (!isSeatFor(address) && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return isSeatFor(address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.computeIfPresent(address, (same, some) -> oneLess(some));
        }
    }

    /** How many are waiting for a seat, from all addresses together. */
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Integer::intValue).sum();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSeatFor(String address) {
        return free > 0 && taken.getOrDefault(address, 0) < ofOneAddress;
    }

    void leave(String address) {
        lock.lock();
        try {
            free++;
            taken.computeIfPresent(address, (same, some) -> oneLess(some));
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Integer oneLess(int some) {
        return some == 1 ? null : some - 1;
    }
}
