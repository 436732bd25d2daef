// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import java.util.List;

/**
 * What one contender reached in one cell.
 *
 * @param values one for each round that worked, in order
 * @param median of the values, null if there are none
 * @param min of the values, null if there are none
 * @param max of the values, null if there are none
 * @param problem why there are none or too few: {@code n/a: …} or {@code failed: …}; else null
 */
record Series(List<Double> values, Double median, Double min, Double max, String problem) {
    static final String NOT_AVAILABLE = "n/a: ";
    static final String FAILED = "failed: ";

    static Series of(List<Double> values, String problem) {
        if (values.isEmpty()) {
            return new Series(List.of(), null, null, null, problem);
        }
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Series(
                List.copyOf(values), median, sorted.get(0), sorted.get(sorted.size() - 1), problem);
    }

    boolean failed() {
        return problem != null && problem.startsWith(FAILED);
    }
}
