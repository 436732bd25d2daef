// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * Which chunks there are: all files cut into pieces of one size, numbered through. It is computed,
 * not stored: a chunk that has to be sent again is found by its number alone.
 */
final class ChunkPlan {
    private final List<InputFile> files;
    private final long chunkSize;

    /** Sequence number of each file's first chunk, and at the end the number of all chunks. */
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

    /** The number of chunks of all files. */
    long size() {
        return first[files.size()];
    }

    /** The number of bytes of all files. */
    long bytes() {
        return files.stream().mapToLong(InputFile::size).sum();
    }

    /** The chunk with this number. */
    ChunkHeader chunk(long sequence) {
        int found = Arrays.binarySearch(first, sequence);
        int file = found >= 0 ? found : -found - 2;
        while (first[file + 1] == sequence) {
            file++; // an empty file has the same first number as the file behind it
        }
        long chunk = sequence - first[file];
        long offset = chunk * chunkSize;
        long length = Math.min(chunkSize, files.get(file).size() - offset);
        return new ChunkHeader(sequence, file, chunk, offset, length);
    }
}
