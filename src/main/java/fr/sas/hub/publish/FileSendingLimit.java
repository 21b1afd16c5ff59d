package fr.sas.hub.publish;

import fr.sas.hub.access.interaction.FhirRefusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Limits how many files are sent at the same time, and how long each may take. */
@Component
class FileSendingLimit {

    private final PublishSettings settings;
    private final PublishFigures figures;
    private final Semaphore seats;

    FileSendingLimit(PublishSettings settings, PublishFigures figures) {
        this.settings = settings;
        this.figures = figures;
        this.seats = new Semaphore(settings.atOnce());
    }

    Seat seat() {
        if (!seats.tryAcquire()) {
            throw new FhirRefusal(
                    429,
                    "throttled",
                    "The hub is already sending " + settings.atOnce() + " files; try again in a second");
        }
        return new Seat();
    }

    /** The place of one file being sent. */
    final class Seat implements AutoCloseable {

        private final long began = System.nanoTime();

        void write(OutputStream out, byte[] bytes) throws IOException {
            if (System.nanoTime() - began > settings.sendingWithin().toNanos()) {
                throw new IOException("The reader took longer than " + settings.sendingWithin());
            }
            out.write(bytes);
            figures.sent(bytes.length);
        }

        @Override
        public void close() {
            seats.release();
        }
    }
}
