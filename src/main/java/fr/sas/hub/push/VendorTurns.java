package fr.sas.hub.push;

import fr.sas.hub.access.FhirReply;
import fr.sas.hub.access.FhirRequest;
import fr.sas.hub.slot.Source;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Who may be worked for: a few requests at a time on this node, one of each vendor, so that memory and connections stay
 * bounded whatever a vendor does. A body is read before a seat is taken: a slow line holds up its own vendor only. The order
 * among nodes is kept by the database.
 */
@Component
class VendorTurns {

    private final Map<Source, Semaphore> vendors = new ConcurrentHashMap<>();
    private final Semaphore seats;
    private final Uploads uploads;
    private final PushSettings settings;

    VendorTurns(Uploads uploads, PushSettings settings) {
        this.uploads = uploads;
        this.settings = settings;
        this.seats = new Semaphore(settings.atOnce(), true);
    }

    /** What is done with a body that has been read; empty where there is none. */
    interface Work {
        FhirReply of(byte[] body);
    }

    /** Reads the body and works on it, or answers 429 when others take too long. @param most of a body */
    FhirReply inTurn(Source vendor, FhirRequest request, DataSize most, Work work) throws IOException {
        Semaphore own = vendors.computeIfAbsent(vendor, v -> new Semaphore(1, true));
        if (!acquire(own)) {
            return tooMany();
        }
        try (Uploads.Body body = uploads.read(request, most)) {
            return seated(body, work);
        } finally {
            own.release();
        }
    }

    private FhirReply seated(Uploads.Body body, Work work) {
        if (!acquire(seats)) {
            return tooMany();
        }
        try {
            return work.of(body.take());
        } finally {
            seats.release();
        }
    }

    /** What whoever got no turn is answered. */
    private FhirReply tooMany() {
        return new FhirReply(
                429,
                Map.of("Retry-After", "5"),
                WriteReplies.bytes(WriteReplies.outcome(
                        "error",
                        "throttled",
                        "Your requests are taken one after the other, and those of " + settings.atOnce()
                                + " vendors at once; nothing was taken of this one. Put many entries into one Bundle",
                        null)));
    }

    private boolean acquire(Semaphore semaphore) {
        try {
            return semaphore.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
