// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * The socket is closed (ENOTSOCK): it was closed before the call, or another thread closed it while
 * the call waited. Monitors, pollers and event loops that are closed throw this as well.
 */
public final class SocketClosedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public SocketClosedException(String operation, String endpoint, String text) {
        super(Errno.ENOTSOCK.number(), operation, endpoint, text);
    }
}
