// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * The options of the user.
 *
 * @param files the files to count, in order
 * @param workers the number of workers
 * @param chunkSize the bytes of text in a message
 * @param transport the transport of free endpoints
 * @param processes whether each worker is a process instead of a thread
 * @param ventilatorEndpoint where the ventilator binds, or null for a free endpoint
 * @param sinkEndpoint where the sink binds, or null for a free endpoint
 * @param rule the rule that says what a word is
 */
record PipelineSettings(
        List<Path> files,
        int workers,
        long chunkSize,
        Transport transport,
        boolean processes,
        String ventilatorEndpoint,
        String sinkEndpoint,
        WordRule rule) {

    /**
     * The most text that may be under way to one worker, in bytes, unless the next limit applies.
     */
    private static final long BYTES_PER_WORKER = 8L << 20;

    /** The least number of chunks under way to one worker: with fewer large ones it would wait. */
    private static final long MIN_PER_WORKER = 4;

    /** The greatest number of chunks under way to one worker: ZeroMQ's default high-water mark. */
    private static final long MAX_PER_WORKER = 1000;

    /** Returns how many chunks may be under way to one worker. */
    int chunksPerWorker() {
        return (int) Math.clamp(BYTES_PER_WORKER / chunkSize, MIN_PER_WORKER, MAX_PER_WORKER);
    }

    /** Returns the high-water mark of each end of a pipe to a worker. */
    int highWaterMark() {
        return chunksPerWorker() / 2;
    }

    /** Returns how many chunks may be under way to all workers. */
    int window() {
        return workers * chunksPerWorker();
    }

    /**
     * Returns the most memory that messages and the mapped window take, in bytes. Messages count
     * twice over tcp and ipc, where they exist at both ends for a moment.
     */
    long memoryBound() {
        int copies = transportName().equals("inproc") ? 1 : 2;
        return (long) copies * window() * (chunkSize + ChunkHeader.BYTES)
                + Math.max(FileWindow.WINDOW, chunkSize);
    }

    /** Returns the transport of the chunks, by the name that endpoints start with. */
    String transportName() {
        return ventilatorEndpoint == null
                ? transport.toString()
                : ventilatorEndpoint.replaceFirst(":.*", "");
    }
}
