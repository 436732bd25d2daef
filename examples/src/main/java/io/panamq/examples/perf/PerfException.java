// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

/** Thrown when a measurement fails. The message is one line for the user. */
final class PerfException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PerfException(String message) {
        super(message);
    }

    PerfException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the exception for a peer that has not sent or received in time. */
    static PerfException silence(long done, Load load) {
        return new PerfException(
                done == 0
                        ? "no peer came within the --timeout"
                        : "the peer fell silent after %d of %d (--timeout)"
                                .formatted(done, load.count()));
    }
}
