// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * There is no usable libzmq. The text lists the places that were tried, each with the cause of its
 * failure, and says in one line what to do. The first use of PanaMQ throws this, and each later one
 * throws it again with the same text. It is not a {@link ZmqException}.
 */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param cause what failed; its text becomes that of the exception, which therefore does not
     *     keep it: a stack trace would say the same twice. What it suppressed is suppressed here
     */
    public NativeLibraryException(Throwable cause) {
        super(cause.getMessage());
        for (Throwable suppressed : cause.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }
}
