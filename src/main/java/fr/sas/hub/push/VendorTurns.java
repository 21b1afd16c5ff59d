package fr.sas.hub.push;

import fr.sas.hub.access.FhirReply;
import fr.sas.hub.slot.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may be worked for: a few requests at a time on this node, one of each vendor, so that bodies and connections stay
 * bounded whatever a vendor does. The order among nodes is kept by the database.
 */
@Component
class VendorTurns {

    private final Map<Source, Semaphore> vendors = new ConcurrentHashMap<>();
    private final Semaphore seats;
    private final PushSettings settings;

    VendorTurns(PushSettings settings) {
        this.settings = settings;
        this.seats = new Semaphore(settings.atOnce(), true);
    }

    /** Null when others take too long; to be closed when done. */
    @Nullable
    Turn take(Source vendor) {
        Semaphore own = vendors.computeIfAbsent(vendor, v -> new Semaphore(1, true));
        long deadline = System.nanoTime() + settings.patience().toNanos();
        if (!acquire(own, deadline)) {
            return null;
        }
        if (!acquire(seats, deadline)) {
            own.release();
            return null;
        }
        return () -> {
            seats.release();
            own.release();
        };
    }

    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** What whoever got no turn is answered. */
    FhirReply tooMany() {
        return new FhirReply(
                429,
                Map.of("Retry-After", "5"),
                Replies.bytes(Replies.outcome(
                        "error",
                        "throttled",
                        "Your requests are taken one after the other, and those of " + settings.atOnce()
                                + " vendors at once; nothing was taken of this one. Put many entries into one Bundle",
                        null)));
    }

    private static boolean acquire(Semaphore semaphore, long deadline) {
        try {
            return semaphore.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
