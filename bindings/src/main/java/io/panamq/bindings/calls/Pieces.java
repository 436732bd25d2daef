// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Copies much memory piece by piece. The JVM cannot stop a thread within one copy, and whatever has
 * to stop all threads would wait for it: a collection, or closing a socket from another thread.
 */
final class Pieces {
    /** About a millisecond each. With pieces of 1 MiB 64 MiB took twice as long as with these. */
    static final int SIZE = 4 << 20;

    private Pieces() {}

    static void copy(MemorySegment from, long start, MemorySegment to, long offset, long bytes) {
        if (bytes <= SIZE) {
            MemorySegment.copy(from, start, to, offset, bytes);
        } else {
            copyMany(from, start, to, offset, bytes);
        }
    }

    private static void copyMany(
            MemorySegment from, long start, MemorySegment to, long offset, long bytes) {
        // As one copy would: all or nothing, and whether they overlap or not.
        Objects.checkFromIndexSize(start, bytes, from.byteSize());
        Objects.checkFromIndexSize(offset, bytes, to.byteSize());
        boolean backwards = isWithin(from, start, to, offset, bytes);
        long done = 0;
        while (done < bytes) {
            // No constant step: a loop that the compiler can count may run without a stop.
            long piece = Math.min(SIZE, bytes - done);
            long at = backwards ? bytes - done - piece : done;
            MemorySegment.copy(from, start + at, to, offset + at, piece);
            done += piece;
        }
    }

    /**
     * Whether the target begins within the source, which is to be read before it is overwritten.
     */
    private static boolean isWithin(
            MemorySegment from, long start, MemorySegment to, long offset, long bytes) {
        long distance = to.address() + offset - (from.address() + start);
        return from.isNative() && to.isNative() && distance > 0 && distance < bytes;
    }
}
