// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import io.panamq.bench.kit.Figures;
import java.util.Collections;
import java.util.List;

/**
 * What one contender has reached in one metric of one cell.
 *
 * @param values one value for each round that has worked, in order
 * @param median the median of the values, null without values
 * @param min the least value, null without values
 * @param max the greatest value, null without values
 * @param problem why values are missing, as {@code n/a: …} or {@code failed: …}; null if none are
 */
public record Series(List<Double> values, Double median, Double min, Double max, String problem) {
    /** Starts a problem of a contender that cannot be measured here. */
    public static final String NOT_AVAILABLE = "n/a: ";

    /** Starts a problem of a measurement that has failed. */
    public static final String FAILED = "failed: ";

    /** Computes median, minimum and maximum. */
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

    /** Whether a measurement has failed, as opposed to a contender that is absent. */
    public boolean failed() {
        return problem != null && problem.startsWith(FAILED);
    }
}
