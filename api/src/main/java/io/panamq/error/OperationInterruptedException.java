// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * A wait was ended by {@link Thread#interrupt} (EINTR). Nothing was sent or received, the socket
 * can still be used, and the interrupt flag of the thread is still set. A {@code sendBatch} may
 * have sent some of its messages, which then have no content.
 *
 * <p>This exception is unchecked, unlike {@link InterruptedException}, so that sends and receives
 * can stand in lambdas, and programs that never interrupt a thread need not catch it. Because it
 * need not be caught, the flag stays set: code further up can still see the interrupt.
 */
public final class OperationInterruptedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public OperationInterruptedException(String operation, String endpoint, String text) {
        super(Errno.EINTR.number(), operation, endpoint, text);
    }
}
