// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * No peer has the routing id in the first frame (EHOSTUNREACH): ROUTER with {@link
 * SocketOption#ROUTER_MANDATORY}, and STREAM. The message still belongs to the caller.
 */
public final class UnreachablePeerException extends ZmqException {
    private static final long serialVersionUID = 1L;

    UnreachablePeerException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
