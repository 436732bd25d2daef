// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * {@link Thread#interrupt} ended a wait (EINTR). Nothing was sent or received, the socket stays
 * usable, and the interrupt flag of the thread is still set.
 *
 * <p>Unchecked, and not {@link InterruptedException}: one kind of exception for whatever ends a
 * call, so that sends and receives stand in lambdas and streams, and the many callers that no
 * thread ever interrupts need not say so. The flag stays set because nobody is made to catch this:
 * whoever does not still finds it further up.
 */
public final class OperationInterruptedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. PanaMQ does this; programs catch it.
     *
     * @param operation what was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public OperationInterruptedException(String operation, String endpoint, String text) {
        super(Errno.EINTR.number(), operation, endpoint, text);
    }
}
