// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if the socket is closed (ENOTSOCK): by an earlier {@link io.panamq.Socket#close()}, or by
 * another thread while this one waited. PanaMQ does not call libzmq with a closed socket.
 */
public final class SocketClosedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public SocketClosedException(String operation, String endpoint, String text) {
        super(Errno.ENOTSOCK.number(), operation, endpoint, text);
    }
}
