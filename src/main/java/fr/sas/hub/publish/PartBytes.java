package fr.sas.hub.publish;

import fr.sas.hub.search.DeflateBlocks;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Lines as they are stored: each part is compressed on its own, up to a byte boundary and without an end, so that many
 * parts joined together between {@link #HEAD} and {@link #LAST_BLOCK} are one gzip file (RFC 1951, RFC 1952).
 *
 * @param plain bytes before compression
 * @param crc their CRC-32
 */
record PartBytes(int lines, int plain, int crc, byte[] deflated) {

    static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
    static final byte[] LAST_BLOCK = {3, 0};
    /** Bytes of a gzip file besides its parts; the trailer contains the CRC and the length. */
    static final int AROUND = HEAD.length + LAST_BLOCK.length + 2 * Integer.BYTES;

    static PartBytes of(List<byte[]> lines) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(1024 * lines.size());
        for (byte[] line : lines) {
            plain.writeBytes(line);
            plain.write('\n');
        }
        byte[] bytes = plain.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new PartBytes(
                lines.size(), bytes.length, (int) crc.getValue(), DeflateBlocks.of(bytes, Deflater.SYNC_FLUSH));
    }

    byte[] inflated() {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] bytes = new byte[plain];
            int at = 0;
            while (at < plain) {
                int length = inflater.inflate(bytes, at, plain - at);
                if (length == 0) {
                    throw new IllegalStateException("A part ends after " + at + " of " + plain + " bytes");
                }
                at += length;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }
}
