// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * {@link Socket#cancel} or {@link SocketMonitor#cancel} ended a wait (EINTR). Nothing was sent or
 * received, and the socket stays usable.
 */
public final class OperationCancelledException extends ZmqException {
    private static final long serialVersionUID = 1L;

    OperationCancelledException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
