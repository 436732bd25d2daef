// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

/** Thrown when a measurement has no result; the message is for the report. */
public final class MeasurementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MeasurementException(String message) {
        super(message);
    }
}
