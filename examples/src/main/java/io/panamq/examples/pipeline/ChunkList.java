// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** Names chunks for people: each range of neighbours with its file and its bytes. */
final class ChunkList {
    private static final int MAX_RANGES = 50;

    private ChunkList() {}

    /**
     * Names chunks.
     *
     * @param plan the plan they belong to
     * @param sequences their numbers, in any order
     * @return for example {@code a.txt chunks 3-4 (bytes 3145728-5242879), b.txt chunk 0 (bytes
     *     0-99)}
     */
    static String describe(ChunkPlan plan, Collection<Long> sequences) {
        List<ChunkHeader> chunks = sequences.stream().sorted().map(plan::chunk).toList();
        StringJoiner text = new StringJoiner(", ");
        int ranges = 0;
        int next;
        for (int i = 0; i < chunks.size(); i = next) {
            next = i + 1;
            while (next < chunks.size() && follows(chunks.get(next - 1), chunks.get(next))) {
                next++;
            }
            if (++ranges > MAX_RANGES) {
                return text + " and " + (chunks.size() - i) + " more";
            }
            text.add(range(plan, chunks.get(i), chunks.get(next - 1)));
        }
        return text.toString();
    }

    private static boolean follows(ChunkHeader a, ChunkHeader b) {
        return a.file() == b.file() && a.chunk() + 1 == b.chunk();
    }

    private static String range(ChunkPlan plan, ChunkHeader from, ChunkHeader to) {
        String numbers =
                from.chunk() == to.chunk()
                        ? "chunk " + from.chunk()
                        : "chunks " + from.chunk() + "-" + to.chunk();
        return "%s %s (bytes %d-%d)"
                .formatted(
                        plan.files().get(from.file()).path(),
                        numbers,
                        from.offset(),
                        to.offset() + to.length() - 1);
    }
}
