// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** The context was shut down or closed (ETERM): leave the loop and close the socket. */
public final class ContextTerminatedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    ContextTerminatedException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
