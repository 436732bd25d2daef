// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if a call is not legal now (EFSM): REQ and REP sockets send and receive in turns. The text
 * says which call is legal. The message still belongs to the caller.
 */
public final class ProtocolStateException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public ProtocolStateException(String operation, String endpoint, String text) {
        super(Errno.EFSM.number(), operation, endpoint, text);
    }
}
