// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/**
 * Decodes as much UTF-8 as counting needs. An edge is up to three bytes of a character that a chunk
 * border cuts through, packed into an int: the count in the top byte, and the bytes below it, the
 * first one highest.
 */
final class Utf8 {
    static final int NO_EDGE = 0;
    static final int INVALID = -1;

    private static final int MAX_EDGE = 3;

    private Utf8() {}

    static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    /** Returns the length of the character that {@code lead} starts, or 0 if it starts none. */
    static int length(int lead) {
        int b = lead & 0xFF;
        if (b >= 0xC2 && b <= 0xDF) {
            return 2;
        }
        if (b >= 0xE0 && b <= 0xEF) {
            return 3;
        }
        return b >= 0xF0 && b <= 0xF4 ? 4 : 0;
    }

    /** Decodes a lead byte and one continuation byte; the next two methods decode more of them. */
    static int decode(int b0, int b1) {
        return ((b0 & 0x1F) << 6) | (b1 & 0x3F);
    }

    static int decode(int b0, int b1, int b2) {
        int c = ((b0 & 0x0F) << 12) | ((b1 & 0x3F) << 6) | (b2 & 0x3F);
        return c < 0x800 ? INVALID : c;
    }

    static int decode(int b0, int b1, int b2, int b3) {
        int c = ((b0 & 0x07) << 18) | ((b1 & 0x3F) << 12) | ((b2 & 0x3F) << 6) | (b3 & 0x3F);
        return c < 0x10000 || c > Character.MAX_CODE_POINT ? INVALID : c;
    }

    static int edgeSize(int edge) {
        return edge >>> 24;
    }

    static int edgeByte(int edge, int index) {
        return (edge >>> (8 * (edgeSize(edge) - 1 - index))) & 0xFF;
    }

    /** Returns the edge with one more byte, or as it is if it is full. */
    static int append(int edge, int b) {
        int size = edgeSize(edge);
        if (size == MAX_EDGE) {
            return edge;
        }
        return ((size + 1) << 24) | ((edge << 8) & 0xFFFF00) | (b & 0xFF);
    }

    /** Returns the edge with the bytes of another one, as far as there is room. */
    static int appendAll(int edge, int more) {
        int result = edge;
        for (int i = 0; i < edgeSize(more); i++) {
            result = append(result, edgeByte(more, i));
        }
        return result;
    }

    /**
     * Joins the character that a border cuts through.
     *
     * @param tail the lead byte and the bytes that follow it before the border
     * @param head the continuation bytes behind the border
     * @return the code point, or {@link #INVALID}
     */
    static int join(int tail, int head) {
        int length = length(edgeByte(tail, 0));
        int before = edgeSize(tail);
        int[] bytes = new int[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = i < before ? edgeByte(tail, i) : edgeByte(head, i - before);
        }
        return switch (length) {
            case 2 -> decode(bytes[0], bytes[1]);
            case 3 -> decode(bytes[0], bytes[1], bytes[2]);
            case 4 -> decode(bytes[0], bytes[1], bytes[2], bytes[3]);
            default -> INVALID;
        };
    }
}
