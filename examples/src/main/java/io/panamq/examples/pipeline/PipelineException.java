// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/** The run cannot give a result; the message is one clear line for the user. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PipelineException(String message) {
        super(message);
    }

    PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
