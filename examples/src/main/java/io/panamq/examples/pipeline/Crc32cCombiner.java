// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/**
 * Joins the CRC-32C of two neighbouring pieces into the CRC-32C of both, without their bytes.
 *
 * <p>A CRC is the remainder of the data, read as a polynomial over GF(2), modulo a generator.
 * Appending {@code n} bytes to a piece multiplies its polynomial by x<sup>8n</sup>, so {@code crc(A
 * B) = crc(A) * x^(8 |B|) + crc(B)}, where "+" is xor. The power is found by repeated squaring, in
 * at most 64 multiplications. Polynomials are kept with the bits reflected, as the CRC itself is:
 * x<sup>0</sup> is the highest bit.
 */
final class Crc32cCombiner {
    private static final int GENERATOR = 0x82F63B78;
    private static final int ONE = 1 << 31;

    /** {@code SQUARES[k]} is x to the power 2<sup>k</sup>; 8 times a long needs k up to 66. */
    private static final int[] SQUARES = new int[67];

    static {
        SQUARES[0] = 1 << 30;
        for (int k = 1; k < SQUARES.length; k++) {
            SQUARES[k] = multiply(SQUARES[k - 1], SQUARES[k - 1]);
        }
    }

    /** The length of the last power, which is kept because nearly all pieces have one length. */
    private long lastLength = -1;

    private int lastPower;

    /**
     * Computes the CRC-32C of two pieces together.
     *
     * @param first the CRC-32C of the first piece
     * @param second the CRC-32C of the second piece
     * @param secondLength the size of the second piece, in bytes
     * @return the CRC-32C of the first piece followed by the second
     */
    int combine(int first, int second, long secondLength) {
        if (secondLength != lastLength) {
            lastPower = powerOfBytes(secondLength);
            lastLength = secondLength;
        }
        return multiply(lastPower, first) ^ second;
    }

    /** Returns x to the power {@code 8 * bytes}, modulo the generator. */
    static int powerOfBytes(long bytes) {
        int power = ONE;
        int k = 3; // 2^3 = 8: the length is in bytes, the exponent in bits
        for (long n = bytes; n != 0; n >>>= 1, k++) {
            if ((n & 1) != 0) {
                power = multiply(SQUARES[k], power);
            }
        }
        return power;
    }

    /** Returns the product of two polynomials modulo the generator. */
    static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            boolean overflow = (shifted & 1) != 0;
            shifted >>>= 1;
            if (overflow) {
                shifted ^= GENERATOR;
            }
        }
        return product;
    }
}
