// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import io.panamq.bench.kit.Figures;
import java.util.Collections;
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
public record Series(List<Double> values, Double median, Double min, Double max, String problem) {
    public static final String NOT_AVAILABLE = "n/a: ";
    public static final String FAILED = "failed: ";

    public static Series of(List<Double> values, String problem) {
        if (values.isEmpty()) {
            return new Series(List.of(), null, null, null, problem);
        }
        return new Series(
                List.copyOf(values),
                Figures.median(values),
                Collections.min(values),
                Collections.max(values),
                problem);
    }

    public boolean failed() {
        return problem != null && problem.startsWith(FAILED);
    }
}
