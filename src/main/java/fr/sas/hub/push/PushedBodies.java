package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Reads bodies. A slow one occupies only the memory for what has arrived, and only for a limited time; all of them
 * together never take more than the memory reserved for them.
 */
@Component
class PushedBodies {

    private static final int CHUNK = 64 * 1024;

    private final Semaphore chunks;
    private final PushSettings settings;

    PushedBodies(PushSettings settings) {
        this.settings = settings;
        this.chunks = new Semaphore(chunks(settings.uploads()), true);
    }

    /** A body; its memory is reserved until it is closed. */
    final class Body implements AutoCloseable {

        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;

        /** Can be called once, so that the body is not in memory twice. */
        byte[] take() {
            byte[] all = bytes.toByteArray();
            bytes = new ByteArrayOutputStream(0);
            return all;
        }

        private void add(byte[] chunk, int length) {
            if (bytes.size() + length > held * CHUNK) {
                if (!hasRoom()) {
                    throw new FhirRefusal(
                            429, "throttled", "Too many large bodies are being received; send this one again soon");
                }
                held++;
            }
            bytes.write(chunk, 0, length);
        }

        @Override
        public void close() {
            chunks.release(held);
            held = 0;
        }
    }

    /**
     * @param most bytes, uncompressed
     * @throws FhirRefusal 400 if it is not gzip although it is declared as such, or is cut short; 415 for any other
     *     coding; 408 if it is too slow; 413 if it is too long; 429 if there is no memory left for it
     */
    Body read(FhirRequest request, DataSize most) throws IOException {
        String coding = request.contentCoding();
        boolean zipped = coding.equals("gzip") || coding.equals("x-gzip");
        if (!zipped && !coding.isEmpty()) {
            throw new FhirRefusal(415, "not-supported", "A body may be uncompressed or gzip, not " + coding);
        }
        Body body = new Body();
        boolean read = false;
        try (InputStream bounded = new Bounded(request.body());
                InputStream in = zipped ? new GZIPInputStream(bounded) : bounded) {
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (body.bytes.size() + length > most.toBytes()) {
                    throw new FhirRefusal(413, "too-long", "A body may have at most " + most + " here");
                }
                body.add(chunk, length);
            }
            read = true;
            return body;
        } catch (ZipException e) {
            throw new FhirRefusal(400, "structure", "Not gzip, although Content-Encoding says so: " + e.getMessage());
        } catch (EOFException e) {
            throw new FhirRefusal(400, "incomplete", "The body is incomplete");
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } finally {
            if (!read) {
                body.close();
            }
        }
    }

    private FhirRefusal tooSlow() {
        return new FhirRefusal(
                408,
                "timeout",
                "A body must arrive within " + settings.uploadWithin().toSeconds()
                        + " seconds; nothing of this one was accepted. Use gzip, or send less at a time");
    }

    private boolean hasRoom() {
        try {
            return chunks.tryAcquire() || chunks.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int chunks(DataSize size) {
        return Math.toIntExact(size.toBytes() / CHUNK);
    }

    /** Ends with 408 when the time is up, which is checked whenever something arrives, before it is uncompressed. */
    private final class Bounded extends FilterInputStream {

        private final long deadline =
                System.nanoTime() + settings.uploadWithin().toNanos();

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            checkTime();
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            checkTime();
            return in.read(buffer, offset, length);
        }

        private void checkTime() {
            if (System.nanoTime() - deadline > 0) {
                throw tooSlow();
            }
        }
    }
}
