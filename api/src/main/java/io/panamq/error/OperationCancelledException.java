// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * A wait was ended by {@link io.panamq.Socket#cancel} or {@link io.panamq.SocketMonitor#cancel}
 * (EINTR). Nothing was sent or received, and the socket can still be used; a {@code sendBatch} may
 * have sent some of its messages, which then have no content.
 */
public final class OperationCancelledException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public OperationCancelledException(String operation, String endpoint, String text) {
        super(Errno.EINTR.number(), operation, endpoint, text);
    }
}
