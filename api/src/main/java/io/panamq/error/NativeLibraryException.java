// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * No usable libzmq. The text lists each place that was tried with its cause, and the remedy in one
 * line; thrown by the first use of the library, and again, with the same text, by each later one.
 */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. PanaMQ does this; programs catch it.
     *
     * @param cause has the text
     */
    public NativeLibraryException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
