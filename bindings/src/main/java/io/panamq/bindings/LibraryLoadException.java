// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

/**
 * Thrown if there is no usable libzmq. The text lists each place that was tried with its cause, and
 * ends with the remedy. Causes that were exceptions are attached as suppressed.
 */
public final class LibraryLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LibraryLoadException(String message) {
        super(message);
    }
}
