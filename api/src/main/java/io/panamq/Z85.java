// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Arrays;
import java.util.Objects;

/** Converts binary keys to text and back (Z85, ZeroMQ RFC 32): 4 bytes become 5 characters. */
public final class Z85 {
    private static final String ALPHABET =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private static final int[] DIGITS = new int[128];

    static {
        Arrays.fill(DIGITS, -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            DIGITS[ALPHABET.charAt(i)] = i;
        }
    }

    private Z85() {}

    /**
     * Encodes bytes as text. Returns at once.
     *
     * @param bytes their number is a multiple of 4
     * @return 5 characters for each 4 bytes
     * @throws IllegalArgumentException if the length is no multiple of 4
     */
    public static String encode(byte[] bytes) {
        if (Objects.requireNonNull(bytes, "bytes").length % 4 != 0) {
            throw new IllegalArgumentException(
                    "Z85 encodes multiples of 4 bytes, not " + bytes.length);
        }
        var text = new StringBuilder(bytes.length / 4 * 5);
        for (int i = 0; i < bytes.length; i += 4) {
            long value = 0;
            for (int j = 0; j < 4; j++) {
                value = (value << 8) | (bytes[i + j] & 0xFF);
            }
            for (long divisor = 85L * 85 * 85 * 85; divisor > 0; divisor /= 85) {
                text.append(ALPHABET.charAt((int) (value / divisor % 85)));
            }
        }
        return text.toString();
    }

    /**
     * Decodes text to bytes. Returns at once.
     *
     * @param text its length is a multiple of 5
     * @return 4 bytes for each 5 characters
     * @throws IllegalArgumentException if the length is no multiple of 5, a character is not one of
     *     Z85, or five characters stand for more than 32 bits
     */
    public static byte[] decode(String text) {
        return decodeChars(Objects.requireNonNull(text, "text"));
    }

    /** Decodes characters that the caller can wipe. */
    static byte[] decodeChars(CharSequence text) {
        if (text.length() % 5 != 0) {
            throw new IllegalArgumentException(
                    "Z85 has multiples of 5 characters, not " + text.length());
        }
        byte[] bytes = new byte[text.length() / 5 * 4];
        for (int i = 0, at = 0; i < text.length(); i += 5) {
            long value = 0;
            for (int j = 0; j < 5; j++) {
                value = value * 85 + digit(text, i + j);
            }
            if (value > 0xFFFFFFFFL) {
                throw new IllegalArgumentException(
                        "the five characters at index " + i + " stand for more than 32 bits");
            }
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes[at++] = (byte) (value >>> shift);
            }
        }
        return bytes;
    }

    private static int digit(CharSequence text, int index) {
        char c = text.charAt(index);
        int digit = c < DIGITS.length ? DIGITS[c] : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("no Z85 character at index " + index);
        }
        return digit;
    }
}
