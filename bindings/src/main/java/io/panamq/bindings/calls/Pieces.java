// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Copies large memory piece by piece. The JVM cannot stop a thread within one copy, so a garbage
 * collection, or closing a socket from another thread, would have to wait for the whole copy.
 */
final class Pieces {
    /** The bytes of a piece, about a millisecond. Pieces of 1 MiB made 64 MiB twice as slow. */
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
        // The result must be that of one copy: all or nothing, also if source and target overlap.
        Objects.checkFromIndexSize(start, bytes, from.byteSize());
        Objects.checkFromIndexSize(offset, bytes, to.byteSize());
        boolean backwards = isWithin(from, start, to, offset, bytes);
        long done = 0;
        while (done < bytes) {
            // The step is not constant, because the JVM cannot stop a thread in a counted loop.
            long piece = Math.min(SIZE, bytes - done);
            long at = backwards ? bytes - done - piece : done;
            MemorySegment.copy(from, start + at, to, offset + at, piece);
            done += piece;
        }
    }

    /** Returns whether the target starts within the source: then the end must be copied first. */
    private static boolean isWithin(
            MemorySegment from, long start, MemorySegment to, long offset, long bytes) {
        long distance = to.address() + offset - (from.address() + start);
        return from.isNative() && to.isNative() && distance > 0 && distance < bytes;
    }
}
