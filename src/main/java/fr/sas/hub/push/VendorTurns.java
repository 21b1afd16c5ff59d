package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.slot.Source;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Limits what is processed at the same time: a few requests on this node, one per vendor, so that memory and
 * connections stay bounded whatever a vendor does. A body is read before a seat is taken, so a slow line delays only
 * its own vendor. The database keeps the order across nodes.
 */
@Component
class VendorTurns {

    private final Map<Source, Semaphore> vendors = new ConcurrentHashMap<>();
    private final Semaphore seats;
    private final PushedBodies uploads;
    private final PushSettings settings;

    VendorTurns(PushedBodies uploads, PushSettings settings) {
        this.uploads = uploads;
        this.settings = settings;
        this.seats = new Semaphore(settings.atOnce(), true);
    }

    /** What is done with a body once it has been read; the body is empty if there is none. */
    interface Work {
        FhirReply of(byte[] body);
    }

    /** Reads and processes the body, or answers 429 if others take too long. @param most size of the body */
    FhirReply inTurn(Source vendor, FhirRequest request, DataSize most, Work work) throws IOException {
        Semaphore own = vendors.computeIfAbsent(vendor, v -> new Semaphore(1, true));
        if (!acquire(own)) {
            return tooMany();
        }
        try (PushedBodies.Body body = uploads.read(request, most)) {
            return seated(body, work);
        } finally {
            own.release();
        }
    }

    private FhirReply seated(PushedBodies.Body body, Work work) {
        if (!acquire(seats)) {
            return tooMany();
        }
        try {
            return work.of(body.take());
        } finally {
            seats.release();
        }
    }

    /** The reply to a request that did not get its turn. */
    private FhirReply tooMany() {
        return new FhirReply(
                429,
                Map.of("Retry-After", "5"),
                WriteReplies.bytes(WriteReplies.outcome(
                        "error",
                        "throttled",
                        "Your requests are processed one at a time, and those of at most " + settings.atOnce()
                                + " vendors at once; nothing of this one was accepted. Put many entries into one Bundle",
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
