package fr.sas.hub.search;

/**
 * The CRC-32 of two runs of bytes put together, from the CRCs of each: crc(a) is advanced over the length of b by
 * multiplying with x^(8·length) modulo the CRC polynomial, then b's is added. Polynomials are bit-reflected, as in RFC 1952.
 */
final class Crc32Sum {

    private static final int POLYNOMIAL = 0xEDB88320;
    /** x^0. */
    private static final int ONE = 0x80000000;
    /** {@code ADVANCE[k][n]}: x^(8·n·256^k). */
    private static final int[][] ADVANCE = advances();

    private Crc32Sum() {}

    static int combine(int first, int second, int secondLength) {
        int advanced = first;
        for (int digit = 0, rest = secondLength; rest != 0; digit++, rest >>>= 8) {
            if ((rest & 0xff) != 0) {
                advanced = multiply(ADVANCE[digit][rest & 0xff], advanced);
            }
        }
        return advanced ^ second;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int factor = b;
        for (int bit = a; bit != 0; bit <<= 1) {
            product ^= factor & (bit >> 31);
            factor = (factor >>> 1) ^ (POLYNOMIAL & -(factor & 1));
        }
        return product;
    }

    private static int[][] advances() {
        int[][] table = new int[4][256];
        int step = ONE >>> 8;
        for (int digit = 0; digit < 4; digit++) {
            table[digit][0] = ONE;
            for (int n = 1; n < 256; n++) {
                table[digit][n] = multiply(table[digit][n - 1], step);
            }
            step = multiply(table[digit][255], step);
        }
        return table;
    }
}
