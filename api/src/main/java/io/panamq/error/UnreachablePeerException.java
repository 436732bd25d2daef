// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * No peer has the routing id that is the first frame of the message (EHOSTUNREACH). A STREAM socket
 * throws this, and a ROUTER socket unless its {@link io.panamq.SocketOption#ROUTER_MANDATORY} is
 * false. The message is unchanged and still belongs to the caller.
 */
public final class UnreachablePeerException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public UnreachablePeerException(String operation, String endpoint, String text) {
        super(Errno.EHOSTUNREACH.number(), operation, endpoint, text);
    }
}
