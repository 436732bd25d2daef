// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if no peer has the routing id in the first frame (EHOSTUNREACH). ROUTER sockets with
 * {@link io.panamq.SocketOption#ROUTER_MANDATORY} and STREAM sockets throw it. The message still
 * belongs to the caller.
 */
public final class UnreachablePeerException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public UnreachablePeerException(String operation, String endpoint, String text) {
        super(Errno.EHOSTUNREACH.number(), operation, endpoint, text);
    }
}
