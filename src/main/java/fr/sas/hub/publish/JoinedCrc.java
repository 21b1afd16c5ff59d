package fr.sas.hub.publish;

/**
 * The CRC-32 of several texts joined together, computed from theirs: a polynomial modulo that of RFC 1952 §8, multiplied
 * by {@code x} for each bit that follows. The highest power is the lowest bit.
 */
final class JoinedCrc {

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    /** {@code x} to the power of two to the power of the position. */
    private static final int[] POWERS = powers();

    private int crc;

    /** @param length length of the text, in bytes */
    void add(int itsCrc, long length) {
        int shift = ONE;
        int power = 3; // a byte has two to the power of three bits
        for (long left = length; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                shift = times(POWERS[power & 31], shift);
            }
            power++;
        }
        crc = times(shift, crc) ^ itsCrc;
    }

    int value() {
        return crc;
    }

    private static int[] powers() {
        int[] powers = new int[32];
        powers[0] = ONE >>> 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = times(powers[i - 1], powers[i - 1]);
        }
        return powers;
    }

    private static int times(int one, int other) {
        int product = 0;
        int shifted = other;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((one & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
