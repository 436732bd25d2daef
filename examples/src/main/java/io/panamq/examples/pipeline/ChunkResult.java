// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * What a worker has found in a chunk.
 *
 * @param sequence the number of the chunk in the whole run
 * @param worker the number of the worker
 * @param count lines, words and bytes
 * @param crc the chunk's CRC-32C
 */
record ChunkResult(long sequence, int worker, TextCount count, int crc) implements Report {
    static final long BYTES = 56;

    private static final int HEAD_WORD = 1;
    private static final int SEPARATED = 2;
    private static final int OPEN_WORD = 4;

    void write(MemorySegment to) {
        int flags =
                (count.headWord() ? HEAD_WORD : 0)
                        | (count.separated() ? SEPARATED : 0)
                        | (count.openWord() ? OPEN_WORD : 0);
        to.set(Wire.INT, 0, Wire.RESULT);
        to.set(Wire.INT, 4, worker);
        to.set(Wire.LONG, 8, sequence);
        to.set(Wire.LONG, 16, count.bytes());
        to.set(Wire.LONG, 24, count.lines());
        to.set(Wire.LONG, 32, count.words());
        to.set(Wire.INT, 40, flags);
        to.set(Wire.INT, 44, count.head());
        to.set(Wire.INT, 48, count.tail());
        to.set(Wire.INT, 52, crc);
    }

    static ChunkResult read(MemorySegment from) {
        Wire.requireSize(from, BYTES);
        int flags = from.get(Wire.INT, 40);
        TextCount count =
                new TextCount(
                        from.get(Wire.LONG, 24),
                        from.get(Wire.LONG, 32),
                        from.get(Wire.LONG, 16),
                        (flags & HEAD_WORD) != 0,
                        (flags & SEPARATED) != 0,
                        (flags & OPEN_WORD) != 0,
                        from.get(Wire.INT, 44),
                        from.get(Wire.INT, 48));
        return new ChunkResult(
                from.get(Wire.LONG, 8), from.get(Wire.INT, 4), count, from.get(Wire.INT, 52));
    }
}
