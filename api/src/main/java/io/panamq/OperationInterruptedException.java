// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * {@link Thread#interrupt} ended a wait (EINTR). Nothing was sent or received, the socket stays
 * usable, and the interrupt flag of the thread is still set.
 */
public final class OperationInterruptedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    OperationInterruptedException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}
