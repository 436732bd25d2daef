// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What to measure, and how.
 *
 * @param rounds how often each cell is measured
 * @param warmup seconds that a Java contender runs before its window; C runs a quarter of that
 * @param window seconds of the measurement
 * @param only a regular expression for names of cells
 * @param contenders the ids of the contenders
 * @param batchSize bytes of a batch, for PanaMQ and C on the same library; 0 for the default
 * @param ioThreads I/O threads of PanaMQ and C on the same library
 */
public record Settings(
        int rounds,
        double warmup,
        double window,
        String only,
        List<String> contenders,
        int batchSize,
        int ioThreads) {
    /** The default of PanaMQ, in bytes; C on the same library gets the same. */
    public static final int PANAMQ_BATCH_SIZE = 256 * 1024;

    /** The share of the warm-up that C gets: it only has buffers and queues to fill. */
    private static final double C_WARMUP = 0.25;

    public Settings {
        require(rounds >= 1 && rounds <= 1000, "--rounds is not in 1 to 1000: " + rounds);
        require(warmup >= 0 && warmup <= 600, "--warmup is not in 0 to 600: " + warmup);
        require(window > 0 && window <= 600, "--seconds is not in 0 to 600: " + window);
        require(
                batchSize == 0 || (batchSize >= 256 && batchSize <= 16 << 20),
                "--batch-size is not in 256 to 16777216: " + batchSize);
        require(
                ioThreads >= 1 && ioThreads <= 128,
                "--io-threads is not in 1 to 128: " + ioThreads);
        contenders = List.copyOf(contenders);
        contenders.forEach(Contender::of);
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Returns the cells that {@code --only} selects, at least one. */
    public List<Cell> cells() {
        java.util.regex.Pattern wanted;
        try {
            wanted = java.util.regex.Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--only: " + e.getMessage(), e);
        }
        var cells = Cell.all().stream().filter(c -> wanted.matcher(c.name()).find()).toList();
        require(!cells.isEmpty(), "--only " + only + " matches no cell, such as pushpull-tcp-128");
        return cells;
    }

    /** Whether the user has asked for this contender. */
    public boolean takesPart(Contender contender) {
        return contenders.contains(contender.id);
    }

    /** Returns the warm-up of a contender in nanoseconds. */
    public long warmupNanos(Contender contender) {
        return (long) (1e9 * (contender.isC() ? C_WARMUP * warmup : warmup));
    }

    /** Returns the window in nanoseconds. */
    public long windowNanos() {
        return (long) (1e9 * window);
    }
}
