package fr.sas.hub.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A gzip member (RFC 1952). The packed texts already say what repeats, so nothing is searched for: their steps are
 * written directly as deflate's, in blocks with fixed codes (RFC 1951 §3.2.6). Pieces and runs of slots that are already
 * compressed are copied.
 */
final class GzipAnswer implements AnswerBytes {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FARTHEST = 32_768;
    private static final int LONGEST = 258;
    private static final int SHORTEST = 3;
    /** How many phrases of one answer are remembered so that repetitions are found. */
    private static final int REMEMBERED = 1 << 10;

    private final DeflatedRuns ready;
    /** Without the runs that were ready. */
    private final PlainAnswer plain;
    /** The sum of the first {@link #summed} plain bytes. */
    private int crc;

    private int summed;
    private byte[] array;
    private int length;
    private long bits;
    private int bitCount;
    private boolean inBlock;
    /** The phrase: its position plus one, with its length in the lower half; and where it was last written. */
    private final long[] phrases = new long[REMEMBERED];

    private final int[] phrasesAt = new int[REMEMBERED];

    /**
     * @param array buffer for the answer
     * @param scratch buffer for the same answer uncompressed
     */
    GzipAnswer(byte[] array, byte[] scratch, DeflatedRuns ready) {
        this.ready = ready;
        this.array = array.length < 64 ? new byte[64] : array;
        this.plain = new PlainAnswer(scratch);
        System.arraycopy(HEADER, 0, this.array, 0, HEADER.length);
        this.length = HEADER.length;
    }

    @Override
    public void put(CompressedPiece piece) {
        plain.put(piece);
        putDeflated(piece.compressed());
    }

    @Override
    public boolean putReady(ShelvedSubject subject, int first, int last, byte[] between) {
        DeflatedRuns.Run run = ready.find(subject, first, last, between);
        if (run == null) {
            return false;
        }
        sum();
        putDeflated(run.deflated());
        plain.skip(run.length());
        crc = Crc.join(crc, run.crc(), run.shift());
        summed = plain.length();
        return true;
    }

    private void putDeflated(byte[] bytes) {
        endBlock();
        toNextByte();
        makeRoomFor(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    /** Of all that was written plain since the last sum. */
    private void sum() {
        int count = plain.length() - summed;
        CRC32 more = new CRC32();
        more.update(plain.array(), summed, count);
        crc = Crc.join(crc, (int) more.getValue(), Crc.shift(count));
        summed = plain.length();
    }

    @Override
    public void put(byte[] bytes, int from, int count) {
        plain.put(bytes, from, count);
        literals(bytes, from, count);
    }

    @Override
    public void putAlone(byte[] text) {
        PackedBytes packed = new PackedBytes();
        int length = new PackedTexts(packed).add(text, false);
        PackedTexts.write(packed.toArray(), 0, length, this, 0);
    }

    @Override
    public void repeat(int from, int count) {
        int at = plain.position();
        plain.repeat(from, count);
        copy(at, at - from, count);
    }

    @Override
    public void phrase(int from, int count) {
        int at = plain.position();
        plain.phrase(from, count);
        long phrase = (long) (from + 1) << 32 | count;
        int bucket = (from * 0x9E3779B1 + count * 0x85EBCA6B) >>> 22;
        if (phrases[bucket] == phrase) {
            copy(at, at - phrasesAt[bucket], count);
        } else {
            literals(Phrases.TEXT, from, count);
        }
        phrases[bucket] = phrase;
        phrasesAt[bucket] = at;
    }

    @Override
    public void end() {
        endBlock();
        write(0b011, 10); // the last block, with fixed codes, and its end
        toByte();
        sum();
        makeRoomFor(8);
        write(crc & 0xffffffffL, 32);
        toByte();
        write(plain.length() & 0xffffffffL, 32);
        toByte();
    }

    @Override
    public int position() {
        return plain.position();
    }

    /** The array that the plain bytes were written to, for reuse. */
    byte[] scratch() {
        return plain.array();
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return length;
    }

    private void literals(byte[] bytes, int from, int count) {
        beginBlock();
        makeRoomFor(count + (count >> 3) + 16);
        int to = from + count;
        int at = from;
        while (at < to && at + Long.BYTES <= bytes.length) {
            int some = Math.min(Long.BYTES, to - at);
            long eight = (long) EIGHT_BYTES.get(bytes, at) & -1L >>> Long.SIZE - 8 * some;
            if ((eight & Codes.NOT_ASCII) != 0) {
                break;
            }
            ascii(eight, some);
            at += some;
        }
        for (; at < to; at++) {
            int code = Codes.LITERALS[bytes[at] & 0xff];
            write(code >>> 4, code & 15);
        }
    }

    /** Their codes have eight bits each. */
    private void ascii(long eight, int count) {
        long codes = Codes.ofAscii(eight);
        if (count == Long.BYTES) {
            EIGHT_BYTES.set(array, length, bits | codes << bitCount);
            length += Long.BYTES;
            bits = codes >>> 1 >>> Long.SIZE - 1 - bitCount;
            return;
        }
        int first = Math.min(count, 4);
        write(codes & -1L >>> Long.SIZE - 8 * first, 8 * first);
        if (count > first) {
            write(codes >>> 32 & -1L >>> Long.SIZE - 8 * (count - first), 8 * (count - first));
        }
    }

    /**
     * Writes the bytes from {@code at} on, already written in plain, as a copy of those at this distance before them.
     */
    private void copy(int at, int distance, int count) {
        if (distance > FARTHEST || count < SHORTEST) {
            literals(plain.array(), at, count);
            return;
        }
        beginBlock();
        makeRoomFor(count / 32 + 32);
        int code = Codes.ofDistance(distance);
        int extra = Codes.DISTANCE_EXTRA[code];
        long tail = Codes.reversed(code, 5) | (long) (distance - Codes.DISTANCE_FROM[code]) << 5;
        int rest = count;
        while (rest > 0) {
            int part = rest <= LONGEST ? rest : Math.min(LONGEST, rest - SHORTEST);
            int head = Codes.LENGTHS[part];
            write(head >>> 4 | tail << (head & 15), (head & 15) + 5 + extra);
            rest -= part;
        }
    }

    private void beginBlock() {
        if (!inBlock) {
            makeRoomFor(16);
            write(0b010, 3);
            inBlock = true;
        }
    }

    private void endBlock() {
        makeRoomFor(32);
        if (inBlock) {
            write(0, 7);
            inBlock = false;
        }
    }

    /** Writes an empty stored block if needed: copied pieces start on a byte boundary. */
    private void toNextByte() {
        if ((bitCount & 7) != 0) {
            write(0, 3);
            toByte();
            write(0xffff0000L, 32);
        }
        toByte();
    }

    private void toByte() {
        bitCount = bitCount + 7 & ~7;
        flush();
    }

    /** At most 40 bits; there must be room. */
    private void write(long some, int count) {
        bits |= some << bitCount;
        bitCount += count;
        if (bitCount > 23) {
            flush();
        }
    }

    private void flush() {
        EIGHT_BYTES.set(array, length, bits);
        int whole = bitCount >>> 3;
        length += whole;
        bits = whole == 8 ? 0 : bits >>> (whole << 3);
        bitCount &= 7;
    }

    private void makeRoomFor(int count) {
        if (length + count + 16 > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + count + 16));
        }
    }

    /**
     * The fixed codes. Huffman codes are written most significant bit first, everything else least significant bit
     * first.
     */
    private static final class Codes {

        static final long NOT_ASCII = 0x8080808080808080L;

        /** The code; its length is in the lowest four bits. */
        static final int[] LITERALS = new int[256];
        /** The code and extra bits for each length; their number is in the lowest four bits. */
        static final int[] LENGTHS = new int[LONGEST + 1];

        static final int[] DISTANCE_FROM = new int[30];
        static final int[] DISTANCE_EXTRA = new int[30];
        private static final byte[] NEAR = new byte[257];
        private static final byte[] FAR = new byte[257];

        static {
            for (int literal = 0; literal < 256; literal++) {
                LITERALS[literal] = literal < 144
                        ? reversed(0x30 + literal, 8) << 4 | 8
                        : reversed(0x190 + literal - 144, 9) << 4 | 9;
            }
            for (int code = 257, from = SHORTEST; code < 285; code++) {
                int extra = code < 265 ? 0 : (code - 261) >> 2;
                for (int more = 0; more < 1 << extra && from + more < LONGEST; more++) {
                    LENGTHS[from + more] = length(code, more, extra);
                }
                from += 1 << extra;
            }
            LENGTHS[LONGEST] = length(285, 0, 0);
            for (int code = 0, from = 1; code < 30; code++) {
                DISTANCE_FROM[code] = from;
                DISTANCE_EXTRA[code] = code < 4 ? 0 : (code - 2) >> 1;
                for (int distance = from; distance < from + (1 << DISTANCE_EXTRA[code]); distance++) {
                    if (distance <= 256) {
                        NEAR[distance] = (byte) code;
                    } else {
                        FAR[(distance - 1) >> 7] = (byte) code;
                    }
                }
                from += 1 << DISTANCE_EXTRA[code];
            }
        }

        private static int length(int code, int more, int extra) {
            int size = code < 280 ? 7 : 8;
            int huffman = code < 280 ? reversed(code - 256, 7) : reversed(0xC0 + code - 280, 8);
            return (huffman | more << size) << 4 | size + extra;
        }

        static int ofDistance(int distance) {
            return distance <= 256 ? NEAR[distance] : FAR[(distance - 1) >> 7];
        }

        /** Of eight at once, each in the place of its byte. */
        static long ofAscii(long eight) {
            long codes = eight + 0x3030303030303030L;
            codes = codes >>> 1 & 0x5555555555555555L | (codes & 0x5555555555555555L) << 1;
            codes = codes >>> 2 & 0x3333333333333333L | (codes & 0x3333333333333333L) << 2;
            return codes >>> 4 & 0x0f0f0f0f0f0f0f0fL | (codes & 0x0f0f0f0f0f0f0f0fL) << 4;
        }

        static int reversed(int code, int size) {
            return Integer.reverse(code) >>> 32 - size;
        }
    }
}
