package fr.sas.hub.publish;

import fr.sas.hub.access.interaction.FhirFile;
import fr.sas.hub.fhir.FhirMediaTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;

/**
 * A file of lines, written part by part as they are read from the database: neither the lines nor a connection are held
 * while the reader takes its time.
 */
abstract class PublishedFile implements FhirFile {

    static final int PARTS_AT_ONCE = 100;

    private final FileSendingLimit sending;

    PublishedFile(FileSendingLimit sending) {
        this.sending = sending;
    }

    @Override
    public String contentType() {
        return FhirMediaTypes.NDJSON;
    }

    /** Takes parts in order; throws when the reader has gone or is too slow. */
    @FunctionalInterface
    interface Parts {
        void take(List<PartBytes> some) throws IOException;
    }

    abstract void writeTo(Parts parts) throws IOException;

    @Override
    public void writeTo(OutputStream out, boolean gzip) throws IOException {
        try (FileSendingLimit.Seat seat = sending.seat()) {
            if (gzip) {
                writeGzip(seat, out);
            } else {
                writeTo(some -> {
                    for (PartBytes part : some) {
                        seat.write(out, part.inflated());
                    }
                });
            }
        }
    }

    private void writeGzip(FileSendingLimit.Seat seat, OutputStream out) throws IOException {
        seat.write(out, PartBytes.HEAD);
        JoinedCrc crc = new JoinedCrc();
        long[] plain = new long[1];
        writeTo(some -> {
            for (PartBytes part : some) {
                seat.write(out, part.deflated());
                crc.add(part.crc(), part.plain());
                plain[0] += part.plain();
            }
        });
        seat.write(out, PartBytes.LAST_BLOCK);
        seat.write(
                out,
                ByteBuffer.allocate(2 * Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(crc.value())
                        .putInt((int) plain[0])
                        .array());
    }

    /** The lines of one type in one département: all of them, or those that changed. */
    static final class OfResources extends PublishedFile {

        private final EditionContents contents;
        private final long edition;
        private final long since;
        private final Edition.Content content;

        /** @param since only what changed after that edition; 0 for everything */
        OfResources(
                FileSendingLimit sending, EditionContents contents, long edition, long since, Edition.Content content) {
            super(sending);
            this.contents = contents;
            this.edition = edition;
            this.since = since;
            this.content = content;
        }

        @Override
        public Instant modifiedAt() {
            return Instant.ofEpochMilli(since == 0 ? content.changedAt() : edition);
        }

        @Override
        public long length(boolean gzip) {
            return gzip ? content.deflated() + PartBytes.AROUND : content.plain();
        }

        @Override
        void writeTo(Parts parts) throws IOException {
            long left = content.lines();
            String after = "";
            while (left > 0) {
                List<EditionContents.Row> some =
                        contents.parts(edition, since, content.departement(), content.type(), after, PARTS_AT_ONCE);
                if (some.isEmpty()) {
                    throw new IOException("The edition is no longer kept");
                }
                parts.take(some.stream().map(EditionContents.Row::bytes).toList());
                left -= some.stream().mapToLong(row -> row.bytes().lines()).sum();
                after = some.getLast().subject();
            }
        }
    }
}
