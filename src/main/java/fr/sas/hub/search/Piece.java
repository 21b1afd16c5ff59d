package fr.sas.hub.search;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that occur in many answers: rendered once, compressed once (on first use), then copied.
 *
 * <p>The compressed form is a run of deflate blocks that refers to nothing before itself and ends on a byte boundary
 * (RFC 1951 with a full flush), so that concatenated pieces form one deflate stream.
 */
final class Piece {

    final byte[] plain;
    private volatile byte @Nullable [] compressed;

    Piece(byte[] plain) {
        this.plain = plain;
    }

    byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            known = compress(plain);
            compressed = known;
        }
        return known;
    }

    /** The approximate memory this piece takes, in bytes. */
    int weight() {
        byte[] known = compressed;
        return 64 + plain.length + (known == null ? plain.length / 2 : known.length);
    }

    private static byte[] compress(byte[] plain) {
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
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
