// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges the results of the chunks in the order of the text, although they arrive in any order. An
 * early result waits in a ring that is as large as the {@linkplain #window window}, so the state is
 * bounded. A result that comes twice, because its chunk was sent again, counts once.
 */
final class Merger {
    private final ChunkPlan plan;
    private final ChunkResult[] early;
    private final Crc32cCombiner combiner = new Crc32cCombiner();
    private final TextCount[] counts;
    private final int[] crcs;

    /** The first chunk that is not merged yet. */
    private long next;

    private int waiting;

    Merger(ChunkPlan plan, int window) {
        this.plan = plan;
        this.early = new ChunkResult[window];
        this.counts = new TextCount[plan.files().size()];
        this.crcs = new int[counts.length];
        Arrays.fill(counts, TextCount.EMPTY);
    }

    /** Returns how many chunks may be under way: chunk {@code next() + window()} has to wait. */
    int window() {
        return early.length;
    }

    /** Returns the number of the first chunk that is not merged yet. */
    long next() {
        return next;
    }

    boolean isComplete() {
        return next == plan.size();
    }

    /**
     * Takes a result.
     *
     * @return the number of its bytes, 0 if the same result was there before
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

    /** Returns how many of the chunks before {@code end} have no result yet. */
    long missing(long end) {
        return end - next - waiting;
    }

    /** Returns the chunks before {@code end} that have no result yet. */
    List<Long> missingChunks(long end) {
        List<Long> missing = new ArrayList<>();
        for (long sequence = next; sequence < end; sequence++) {
            if (early[slot(sequence)] == null) {
                missing.add(sequence);
            }
        }
        return missing;
    }

    /** Returns the results, one for each file. */
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
