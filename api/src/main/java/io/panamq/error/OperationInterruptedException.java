// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if {@link Thread#interrupt} ended a wait (EINTR). Nothing was sent or received, the socket
 * stays usable, and the interrupt flag of the thread is still set.
 *
 * <p>It is unchecked, unlike {@link InterruptedException}, so that lambdas and streams can send and
 * receive, and callers that no thread interrupts need not declare it. The flag stays set, because
 * code that does not catch this exception can still see the interrupt further up.
 */
public final class OperationInterruptedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public OperationInterruptedException(String operation, String endpoint, String text) {
        super(Errno.EINTR.number(), operation, endpoint, text);
    }
}
