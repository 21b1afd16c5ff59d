package fr.sas.hub.search;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that stand in many answers: rendered once, compressed once (when first needed), copied ever after.
 *
 * <p>The compressed form is a run of deflate blocks that refers to nothing before itself and ends on a byte boundary
 * (RFC 1951 with a full flush), so that pieces put one behind the other are one deflate stream.
 */
final class Piece {

    final byte[] plain;
    private volatile @Nullable Compressed compressed;

    /** @param crc of the plain bytes alone */
    record Compressed(byte[] bytes, int crc) {}

    Piece(byte[] plain) {
        this.plain = plain;
    }

    Compressed compressed() {
        Compressed known = compressed;
        if (known == null) {
            known = compress(plain);
            compressed = known;
        }
        return known;
    }

    /** What this piece weighs in memory, roughly, in bytes. */
    int weight() {
        Compressed known = compressed;
        return 64 + plain.length + (known == null ? plain.length / 2 : known.bytes.length);
    }

    private static Compressed compress(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 16);
            byte[] buffer = new byte[4096];
            int length;
            do {
                length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
                out.write(buffer, 0, length);
            } while (length == buffer.length);
            CRC32 crc = new CRC32();
            crc.update(plain);
            return new Compressed(out.toByteArray(), (int) crc.getValue());
        } finally {
            deflater.end();
        }
    }
}
