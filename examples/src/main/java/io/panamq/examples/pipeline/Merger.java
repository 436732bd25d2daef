// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the results of the chunks together in the order of the text, although they arrive in any
 * order. A result that is early waits in a ring as large as the {@linkplain #window window}, so the
 * state is bounded; a result that comes twice (its chunk was sent again) counts once.
 */
final class Merger {
    private final ChunkPlan plan;
    private final ChunkResult[] early;
    private final Crc32cCombiner combiner = new Crc32cCombiner();
    private final TextCount[] counts;
    private final int[] crcs;

    /** All chunks before this one are merged. */
    private long next;

    private int waiting;

    Merger(ChunkPlan plan, int window) {
        this.plan = plan;
        this.early = new ChunkResult[window];
        this.counts = new TextCount[plan.files().size()];
        this.crcs = new int[counts.length];
        Arrays.fill(counts, TextCount.EMPTY);
    }

    /** How many chunks may be under way: a chunk of number {@code next() + window()} must wait. */
    int window() {
        return early.length;
    }

    /** The number of the first chunk that is not merged yet. */
    long next() {
        return next;
    }

    boolean isComplete() {
        return next == plan.size();
    }

    /**
     * Takes a result.
     *
     * @return the number of bytes that it newly accounts for, 0 if it was there before
     */
    long accept(ChunkResult result) {
        long sequence = result.sequence();
        if (sequence < next || early[slot(sequence)] != null) {
            return 0;
        }
        if (sequence >= Math.min(plan.size(), next + window())
                || plan.chunk(sequence).length() != result.count().bytes()) {
            throw new PipelineException(
                    "a result that belongs to no chunk of this run arrived at the sink: does"
                            + " something else send to its endpoint?");
        }
        early[slot(sequence)] = result;
        waiting++;
        while (early[slot(next)] != null) {
            merge(early[slot(next)]);
            early[slot(next)] = null;
            waiting--;
            next++;
        }
        return result.count().bytes();
    }

    private void merge(ChunkResult result) {
        int file = plan.chunk(next).file();
        counts[file] = counts[file].then(result.count());
        crcs[file] = combiner.combine(crcs[file], result.crc(), result.count().bytes());
    }

    /** How many of the chunks before {@code end} have no result yet. */
    long missing(long end) {
        return end - next - waiting;
    }

    /** The chunks before {@code end} that have no result yet. */
    List<Long> missingChunks(long end) {
        List<Long> missing = new ArrayList<>();
        for (long sequence = next; sequence < end; sequence++) {
            if (early[slot(sequence)] == null) {
                missing.add(sequence);
            }
        }
        return missing;
    }

    /** The results, one for each file. */
    List<FileTotal> totals() {
        List<FileTotal> totals = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            TextCount count = counts[i];
            totals.add(
                    new FileTotal(
                            plan.files().get(i).path(),
                            count.lines(),
                            count.words(),
                            count.bytes(),
                            crcs[i]));
        }
        return totals;
    }

    private int slot(long sequence) {
        return (int) (sequence % early.length);
    }
}
