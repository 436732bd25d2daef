// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/** Thrown when a run cannot give a result. The message is one line for the user. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PipelineException(String message) {
        super(message);
    }

    PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
