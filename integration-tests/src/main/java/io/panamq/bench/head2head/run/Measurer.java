// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import io.panamq.bench.head2head.model.Cell;
import io.panamq.bench.head2head.model.Contender;
import java.io.IOException;
import java.util.List;

/** Makes single measurements; tests have one of their own. */
@FunctionalInterface
public interface Measurer {
    /**
     * Measures a contender in a cell, once.
     *
     * @return a value for each of the cell's metrics
     * @throws MeasurementException if there is none
     */
    List<Double> measure(Cell cell, Contender contender) throws IOException, InterruptedException;
}
