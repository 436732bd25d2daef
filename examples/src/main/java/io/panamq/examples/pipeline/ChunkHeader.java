// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * What stands in front of the text of a chunk.
 *
 * @param sequence number of the chunk in the whole run, from 0: the order of merging
 * @param file index of the file
 * @param chunk number of the chunk in its file, from 0
 * @param offset where the chunk starts in its file
 * @param length size of the text in bytes
 */
record ChunkHeader(long sequence, int file, long chunk, long offset, long length) {
    /** Size of the header; the text starts here, 8-byte aligned. */
    static final long BYTES = 40;

    void write(MemorySegment to) {
        to.set(Wire.INT, 0, Wire.CHUNK);
        to.set(Wire.INT, 4, file);
        to.set(Wire.LONG, 8, sequence);
        to.set(Wire.LONG, 16, chunk);
        to.set(Wire.LONG, 24, offset);
        to.set(Wire.LONG, 32, length);
    }

    static ChunkHeader read(MemorySegment from) {
        long length = from.byteSize() < BYTES ? 0 : from.get(Wire.LONG, 32);
        Wire.requireSize(from, BYTES + length);
        return new ChunkHeader(
                from.get(Wire.LONG, 8),
                from.get(Wire.INT, 4),
                from.get(Wire.LONG, 16),
                from.get(Wire.LONG, 24),
                length);
    }
}
