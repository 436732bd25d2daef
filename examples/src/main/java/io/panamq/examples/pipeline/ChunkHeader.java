// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * The header in front of the text of a chunk.
 *
 * @param sequence the number of the chunk in the whole run, from 0; results are merged in this
 *     order
 * @param file the index of the file
 * @param chunk the number of the chunk in its file, from 0
 * @param offset where the chunk starts in its file, in bytes
 * @param length the size of the text, in bytes
 */
record ChunkHeader(long sequence, int file, long chunk, long offset, long length) {
    /** The size of the header. The text starts here, aligned to 8 bytes. */
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
