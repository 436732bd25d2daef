// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads files through one mapped window that moves along, so that a file of any size takes a
 * bounded part of the address space. For one thread only.
 */
final class FileWindow implements AutoCloseable {
    /** The number of mapped bytes, unless a single chunk is larger. */
    static final long WINDOW = 64L << 20;

    private final List<InputFile> files;

    private Arena arena;
    private FileChannel channel;
    private MemorySegment mapped;
    private int file = -1;
    private long start;

    FileWindow(List<InputFile> files) {
        this.files = files;
    }

    /**
     * Returns a piece of a file, which is valid until the next call. An access to it throws {@link
     * InternalError} if the file has been truncated in the meantime.
     */
    MemorySegment slice(int fileIndex, long offset, long length) throws IOException {
        boolean inside =
                fileIndex == file
                        && offset >= start
                        && offset + length <= start + mapped.byteSize();
        if (!inside) {
            move(fileIndex, offset, length);
        }
        return mapped.asSlice(offset - start, length);
    }

    private void move(int fileIndex, long offset, long length) throws IOException {
        close();
        InputFile input = files.get(fileIndex);
        channel = FileChannel.open(input.path(), StandardOpenOption.READ);
        // Mapping beyond the end would fail with an unclear message.
        input.requireSize(channel.size());
        arena = Arena.ofConfined();
        long bytes = Math.min(input.size() - offset, Math.max(WINDOW, length));
        mapped = channel.map(MapMode.READ_ONLY, offset, bytes, arena);
        file = fileIndex;
        start = offset;
    }

    @Override
    public void close() throws IOException {
        file = -1;
        if (arena != null) {
            arena.close();
            arena = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
