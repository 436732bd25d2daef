// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Makes random choices (SplitMix64). Each operation gets a new seed, so what one operation draws
 * does not depend on how far another one got.
 */
final class Draw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    void seed(long seed, long episode, long worker, long index) {
        state = mix(mix(mix(seed + GOLDEN * episode) + GOLDEN * worker) + GOLDEN * index);
    }

    long any() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to n - 1. */
    int below(int n) {
        return (int) Long.remainderUnsigned(any(), n);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }

    boolean coin() {
        return any() < 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /**
     * Returns a size of content: around the 33 bytes that fit into a slot, small, or sometimes
     * large.
     */
    int size() {
        int kind = below(1000);
        if (kind < 500) {
            return below(40);
        } else if (kind < 900) {
            return below(1_000);
        } else if (kind < 980) {
            return below(20_000);
        }
        return below(kind < 998 ? 80_000 : 600_000);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        long random = any();
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random >>> ((i & 7) * 8));
        }
        return bytes;
    }

    String text(int length) {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Returns a time to wait: mostly none, at most two milliseconds. */
    Duration wait(int kind) {
        return kind < 6 ? Duration.ZERO : Duration.ofNanos(below(2_000_000));
    }

    Duration anyWait() {
        return wait(below(8));
    }
}
