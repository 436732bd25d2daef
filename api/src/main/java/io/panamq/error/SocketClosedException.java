// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import io.panamq.Socket;

/**
 * The socket is closed (ENOTSOCK): by an earlier {@link Socket#close()}, or by another thread while
 * this one waited. Never reaches C.
 */
public final class SocketClosedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. PanaMQ does this; programs catch it.
     *
     * @param operation what was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public SocketClosedException(String operation, String endpoint, String text) {
        super(Errno.ENOTSOCK.number(), operation, endpoint, text);
    }
}
