// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

/** A measurement without a result; the text is for the table. */
final class MeasurementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MeasurementException(String message) {
        super(message);
    }
}
