package fr.sas.hub.search;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that occur in many answers: rendered once, compressed once (on first use), then copied.
 *
 * <p>The compressed form is a run of deflate blocks that refers to nothing before itself and ends on a byte boundary
 * (RFC 1951 with a full flush), so that concatenated pieces form one deflate stream.
 */
final class CompressedPiece {

    final byte[] plain;
    private volatile byte @Nullable [] compressed;

    CompressedPiece(byte[] plain) {
        this.plain = plain;
    }

    byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            known = DeflateBlocks.of(plain, Deflater.FULL_FLUSH);
            compressed = known;
        }
        return known;
    }

    /** The approximate memory this piece takes, in bytes. */
    int weight() {
        byte[] known = compressed;
        return 64 + plain.length + (known == null ? plain.length / 2 : known.length);
    }
}
