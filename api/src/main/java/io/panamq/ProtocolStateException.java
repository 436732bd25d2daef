// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * The call is not legal now (EFSM): REQ and REP take turns. The text says which call is. The
 * message still belongs to the caller.
 */
public final class ProtocolStateException extends ZmqException {
    private static final long serialVersionUID = 1L;

    ProtocolStateException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
