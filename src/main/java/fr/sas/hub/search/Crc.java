package fr.sas.hub.search;

/**
 * Joins CRC-32 sums (RFC 1952 §8) without the bytes they were computed from: a sum is a remainder of polynomials over two
 * elements, so appended bytes multiply it by x to the power of eight times their number, and add their own. The highest bit
 * is the coefficient of the lowest power.
 */
final class Crc {

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int EIGHT_BITS = 3;

    /** x to the power of two to the power of the index. */
    private static final int[] SQUARES = new int[Integer.SIZE];

    static {
        SQUARES[0] = ONE >>> 1;
        for (int i = 1; i < SQUARES.length; i++) {
            SQUARES[i] = multiply(SQUARES[i - 1], SQUARES[i - 1]);
        }
    }

    private Crc() {}

    /** What {@link #join} needs to know of the second part. @param length in bytes, less than 2^28 */
    static int shift(int length) {
        int product = ONE;
        int power = EIGHT_BITS;
        for (int rest = length; rest != 0; rest >>>= 1, power++) {
            if ((rest & 1) != 0) {
                product = multiply(SQUARES[power], product);
            }
        }
        return product;
    }

    /** The sum of both parts, one after the other. @param shift of the second part's length */
    static int join(int first, int second, int shift) {
        return multiply(shift, first) ^ second;
    }

    private static int multiply(int one, int other) {
        int product = 0;
        int times = other;
        for (int rest = one; rest != 0; rest <<= 1) {
            product ^= times & rest >> 31;
            times = times >>> 1 ^ POLYNOMIAL & -(times & 1);
        }
        return product;
    }
}
