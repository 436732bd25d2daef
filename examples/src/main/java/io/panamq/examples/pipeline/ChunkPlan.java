// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * The chunks of a run: all files cut into pieces of one size, with consecutive numbers. The chunks
 * are computed and not stored, so the number is enough to send a chunk again.
 */
final class ChunkPlan {
    private final List<InputFile> files;
    private final long chunkSize;

    /** The number of each file's first chunk; the last element is the number of all chunks. */
    private final long[] first;

    ChunkPlan(List<InputFile> files, long chunkSize) {
        this.files = files;
        this.chunkSize = chunkSize;
        this.first = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            // An empty file has no chunk.
            first[i + 1] = first[i] + Math.ceilDiv(files.get(i).size(), chunkSize);
        }
    }

    List<InputFile> files() {
        return files;
    }

    long chunkSize() {
        return chunkSize;
    }

    /** Returns the number of chunks of all files. */
    long size() {
        return first[files.size()];
    }

    /** Returns the number of bytes of all files. */
    long bytes() {
        return files.stream().mapToLong(InputFile::size).sum();
    }

    /** Returns the chunk with this number, which is less than {@link #size}. */
    ChunkHeader chunk(long sequence) {
        int found = Arrays.binarySearch(first, sequence);
        int file = found >= 0 ? found : -found - 2;
        while (first[file + 1] == sequence) {
            file++; // an empty file has the same first number as the next file
        }
        long chunk = sequence - first[file];
        long offset = chunk * chunkSize;
        long length = Math.min(chunkSize, files.get(file).size() - offset);
        return new ChunkHeader(sequence, file, chunk, offset, length);
    }
}
