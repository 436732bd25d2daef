// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/** Thrown if the context was shut down or closed (ETERM): leave the loop and close the socket. */
public final class ContextTerminatedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public ContextTerminatedException(String operation, String endpoint, String text) {
        super(Errno.ETERM.number(), operation, endpoint, text);
    }
}
