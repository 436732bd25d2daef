// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * The socket is closed (ENOTSOCK): by an earlier {@link Socket#close()}, or by another thread while
 * this one waited. Never reaches C.
 */
public final class SocketClosedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    SocketClosedException(Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
