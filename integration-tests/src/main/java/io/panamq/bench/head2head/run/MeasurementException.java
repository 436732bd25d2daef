// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

/** A measurement without a result; the text is for the table. */
public final class MeasurementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MeasurementException(String message) {
        super(message);
    }
}
