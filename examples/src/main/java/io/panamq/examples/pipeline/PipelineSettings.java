// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param files the files to count, in order
 * @param workers how many workers
 * @param chunkSize bytes of text in a message
 * @param transport how the messages travel
 * @param processes whether each worker is a process of its own, not a thread
 * @param ventilatorEndpoint where the ventilator binds, or null for a free endpoint
 * @param sinkEndpoint where the sink binds, or null for a free endpoint
 * @param rule what is a word
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

    /** Small chunks: up to this much text may be under way to each worker ... */
    private static final long BYTES_PER_WORKER = 8L << 20;

    /** ... but large chunks: at least so many, or a worker would wait for its next one ... */
    private static final long MIN_PER_WORKER = 4;

    /** ... and tiny chunks: not more than ZeroMQ's own default high-water mark. */
    private static final long MAX_PER_WORKER = 1000;

    /** How many chunks may be under way to one worker. */
    int chunksPerWorker() {
        return (int) Math.clamp(BYTES_PER_WORKER / chunkSize, MIN_PER_WORKER, MAX_PER_WORKER);
    }

    /** The high-water mark of each end of a pipe to a worker. */
    int highWaterMark() {
        return chunksPerWorker() / 2;
    }

    /** How many chunks may be under way in all. */
    int window() {
        return workers * chunksPerWorker();
    }

    /**
     * The most memory that messages take, in bytes. The factor 2: a message that is being moved
     * over tcp or ipc exists at both ends for a moment.
     */
    long memoryBound() {
        int copies = transportName().equals("inproc") ? 1 : 2;
        return (long) copies * window() * (chunkSize + ChunkHeader.BYTES)
                + Math.max(FileWindow.WINDOW, chunkSize);
    }

    /** How the chunks travel, by the name that endpoints start with. */
    String transportName() {
        return ventilatorEndpoint == null
                ? transport.toString()
                : ventilatorEndpoint.replaceFirst(":.*", "");
    }
}
