package fr.sas.hub.push;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.slot.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    /** To be closed when done. @throws FhirRefusal 429 when others take too long */
    Turn take(Source vendor) {
        Semaphore own = vendors.computeIfAbsent(vendor, v -> new Semaphore(1, true));
        long deadline = System.nanoTime() + settings.patience().toNanos();
        acquire(own, deadline, "Your requests are taken one after the other");
        try {
            acquire(seats, deadline, "The hub takes " + settings.atOnce() + " vendors' requests at once");
        } catch (FhirRefusal e) {
            own.release();
            throw e;
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

    private static void acquire(Semaphore semaphore, long deadline, String why) {
        try {
            if (semaphore.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FhirRefusal(429, "throttled", why + "; try again in a few seconds");
    }
}
