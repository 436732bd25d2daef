// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if there is no usable libzmq. The text lists each place that was tried with its cause, and
 * the remedy in one line. Each use of the library throws it, with the same text.
 */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param cause has the text
     */
    public NativeLibraryException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
