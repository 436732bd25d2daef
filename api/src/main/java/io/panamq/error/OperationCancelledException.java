// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if {@link io.panamq.Socket#cancel} or {@link io.panamq.SocketMonitor#cancel} ended a wait
 * (EINTR). Nothing was sent or received, and the socket stays usable.
 */
public final class OperationCancelledException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public OperationCancelledException(String operation, String endpoint, String text) {
        super(Errno.EINTR.number(), operation, endpoint, text);
    }
}
