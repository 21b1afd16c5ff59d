package fr.sas.hub.push;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.access.FhirRequest;
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
 * Reads bodies. A slow one holds only what has come of it, and not for ever; all of them together hold no more memory than
 * was set apart for them.
 */
@Component
class Uploads {

    private static final int CHUNK = 64 * 1024;

    private final Semaphore chunks;
    private final PushSettings settings;

    Uploads(PushSettings settings) {
        this.settings = settings;
        this.chunks = new Semaphore(chunks(settings.uploads()), true);
    }

    /** A body, until it is closed. */
    final class Body implements AutoCloseable {

        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;

        /** Once: it is not kept twice. */
        byte[] take() {
            byte[] all = bytes.toByteArray();
            bytes = new ByteArrayOutputStream(0);
            return all;
        }

        private void add(byte[] chunk, int length) {
            if (bytes.size() + length > held * CHUNK) {
                if (!hasRoom()) {
                    throw new FhirRefusal(
                            429, "throttled", "Too many large bodies are on their way; send this one again soon");
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
     * @param most bytes, unzipped
     * @throws FhirRefusal 400 not what it is said to be; 415 compressed otherwise; 408 too slow; 413 too long; 429 no memory is left for it
     */
    Body read(FhirRequest request, DataSize most) throws IOException {
        String coding = request.contentCoding();
        boolean zipped = coding.equals("gzip") || coding.equals("x-gzip");
        if (!zipped && !coding.isEmpty()) {
            throw new FhirRefusal(415, "not-supported", "A body comes as it is, or as gzip, not as " + coding);
        }
        Body body = new Body();
        boolean read = false;
        try (InputStream bounded = new Bounded(request.body());
                InputStream in = zipped ? new GZIPInputStream(bounded) : bounded) {
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (body.bytes.size() + length > most.toBytes()) {
                    throw new FhirRefusal(413, "too-long", "A body has at most " + most + " here");
                }
                body.add(chunk, length);
            }
            read = true;
            return body;
        } catch (ZipException e) {
            throw new FhirRefusal(400, "structure", "Not gzip, as Content-Encoding says it is: " + e.getMessage());
        } catch (EOFException e) {
            throw new FhirRefusal(400, "incomplete", "The body ends before its end");
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
                "A body arrives within " + settings.uploadWithin().toSeconds()
                        + " seconds; nothing was taken of this one. Use gzip, or send less at a time");
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

    /** Ends with 408 when the time is over; looked at whenever something arrives, before it is unzipped. */
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
