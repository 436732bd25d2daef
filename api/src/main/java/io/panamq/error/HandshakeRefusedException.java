// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * A peer was reached, but it refused the handshake, or the two ends do not fit together
 * (ECONNREFUSED). The text says why. What a program can do is to correct a key, a password or an
 * endpoint: trying the same again rarely helps.
 */
public final class HandshakeRefusedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code awaitConnected}
     * @param endpoint the endpoint of the peer
     * @param text what happened and what to do
     */
    public HandshakeRefusedException(String operation, String endpoint, String text) {
        super(Errno.ECONNREFUSED.number(), operation, endpoint, text);
    }
}
