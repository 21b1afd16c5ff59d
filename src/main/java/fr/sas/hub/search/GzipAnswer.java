package fr.sas.hub.search;

import java.util.Arrays;
import java.util.zip.CRC32;

/** A gzip member (RFC 1952) made of compressed pieces and of stored blocks for what belongs to this answer alone. */
final class GzipAnswer implements AnswerBytes {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** An empty stored block, marked as the last one. */
    private static final byte[] LAST_BLOCK = {1, 0, 0, (byte) 0xff, (byte) 0xff};

    private byte[] array;
    private int length;
    private int crc;
    private int plainLength;

    GzipAnswer(byte[] array) {
        this.array = array;
        append(HEADER, 0, HEADER.length);
    }

    @Override
    public void put(Piece piece) {
        Piece.Compressed compressed = piece.compressed();
        append(compressed.bytes(), 0, compressed.bytes().length);
        count(compressed.crc(), piece.plain.length);
    }

    /** As stored blocks of at most 65,535 bytes. */
    @Override
    public void put(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += 0xffff) {
            int size = Math.min(0xffff, bytes.length - from);
            append(new byte[] {0, (byte) size, (byte) (size >> 8), (byte) ~size, (byte) (~size >> 8)}, 0, 5);
            append(bytes, from, size);
        }
        CRC32 own = new CRC32();
        own.update(bytes);
        count((int) own.getValue(), bytes.length);
    }

    @Override
    public void end() {
        append(LAST_BLOCK, 0, LAST_BLOCK.length);
        append(littleEndian(crc), 0, 4);
        append(littleEndian(plainLength), 0, 4);
    }

    private void count(int pieceCrc, int pieceLength) {
        crc = Crc32Sum.combine(crc, pieceCrc, pieceLength);
        plainLength += pieceLength;
    }

    private static byte[] littleEndian(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    private void append(byte[] bytes, int from, int size) {
        if (length + size > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + size));
        }
        System.arraycopy(bytes, from, array, length, size);
        length += size;
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return length;
    }
}
