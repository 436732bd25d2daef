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
     * @param cause the cause, whose text becomes that of the exception
     */
    public NativeLibraryException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
