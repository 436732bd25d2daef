// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * The context was shut down or closed (ETERM). When a loop that sends or receives gets this, it
 * should end. The close of the context also closes its sockets.
 */
public final class ContextTerminatedException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public ContextTerminatedException(String operation, String endpoint, String text) {
        super(Errno.ETERM.number(), operation, endpoint, text);
    }
}
