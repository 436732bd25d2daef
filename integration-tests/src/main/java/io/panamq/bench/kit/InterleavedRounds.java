// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several cells in interleaved rounds, so that a change in the machine's speed meets all
 * of them alike.
 */
public final class InterleavedRounds {
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, List<Figures>> runs = new HashMap<>();

    /** Something to measure. */
    public interface Cell {
        /** Makes one measurement, in fresh processes. */
        Figures measure() throws IOException;
    }

    /** Adds a cell to each round, under a name of its own. */
    public void add(String name, Cell cell) {
        cells.put(name, cell);
    }

    /** Runs all rounds. Standard error gets the progress. */
    public void run(int rounds) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, Cell> cell : cells.entrySet()) {
                System.err.printf("round %d of %d: %s%n", round, rounds, cell.getKey());
                Figures figures = cell.getValue().measure();
                System.err.println(figures);
                runs.computeIfAbsent(cell.getKey(), name -> new ArrayList<>()).add(figures);
            }
        }
    }

    /** Returns the median of a figure of a cell over all rounds. */
    public double median(String cell, String figure) {
        return Figures.median(runs.get(cell).stream().map(run -> run.get(figure)).toList());
    }
}
