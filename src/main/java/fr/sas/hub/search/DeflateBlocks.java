package fr.sas.hub.search;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * Compressed bytes that can be concatenated: a run of deflate blocks that ends on a byte boundary and is not the last
 * of a stream (RFC 1951).
 */
public final class DeflateBlocks {

    private DeflateBlocks() {}

    /** @param flush how it ends: {@link Deflater#SYNC_FLUSH} or {@link Deflater#FULL_FLUSH} */
    public static byte[] of(byte[] plain, int flush) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
            byte[] buffer = new byte[8192];
            int length;
            do {
                length = deflater.deflate(buffer, 0, buffer.length, flush);
                out.write(buffer, 0, length);
            } while (length == buffer.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
