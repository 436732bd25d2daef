// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * How to measure.
 *
 * @param rounds how often everything is measured
 * @param warmup seconds that a Java contender runs before it is measured; C a quarter of that
 * @param window seconds that are measured
 * @param only a regular expression for names of cells
 * @param contenders ids
 * @param batchSize for PanaMQ and C on the same library; 0 for the default
 * @param ioThreads for PanaMQ and C on the same library
 */
public record Settings(
        int rounds,
        double warmup,
        double window,
        String only,
        List<String> contenders,
        int batchSize,
        int ioThreads) {
    /** What PanaMQ sets unless told otherwise; C on the same library gets the same. */
    public static final int PANAMQ_BATCH_SIZE = 256 * 1024;

    /** C has no compiler to wait for, only buffers and queues to fill. */
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

    /** Those of {@code --only}, at least one. */
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

    public boolean takesPart(Contender contender) {
        return contenders.contains(contender.id);
    }

    public long warmupNanos(Contender contender) {
        return (long) (1e9 * (contender.isC() ? C_WARMUP * warmup : warmup));
    }

    public long windowNanos() {
        return (long) (1e9 * window);
    }
}
