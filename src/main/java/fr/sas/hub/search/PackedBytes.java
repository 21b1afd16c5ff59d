package fr.sas.hub.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing sequence of bytes; small numbers take few of them. */
final class PackedBytes {

    private byte[] array = new byte[1024];
    private int length;

    /** Never negative; in groups of seven bits, lowest first, with a marker bit on all but the last. */
    void number(long number) {
        makeRoomFor(10);
        long rest = number;
        while (rest >= 0x80) {
            array[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        bytes(bytes, 0, bytes.length);
    }

    void bytes(byte[] bytes, int from, int count) {
        makeRoomFor(count);
        System.arraycopy(bytes, from, array, length, count);
        length += count;
    }

    void bytes(PackedBytes other) {
        bytes(other.array, 0, other.length);
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(array, length);
    }

    private void makeRoomFor(int count) {
        if (length + count > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
        }
    }

    /** Reads values in the order in which they were written. */
    static final class Reader {

        private final byte[] array;
        private int at;

        Reader(byte[] array) {
            this.array = array;
        }

        long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte more = array[at++];
                number |= (long) (more & 0x7f) << shift;
                if (more >= 0) {
                    return number;
                }
            }
        }

        int count() {
            return (int) number();
        }

        String text() {
            int length = count();
            at += length;
            return new String(array, at - length, length, StandardCharsets.UTF_8);
        }

        int at() {
            return at;
        }
    }
}
