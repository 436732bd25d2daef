// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * The call is not allowed at this point (EFSM), because a REQ or REP socket must send and receive
 * in turn. The text says which call comes next. A message that was to be sent is unchanged and
 * still belongs to the caller.
 */
public final class ProtocolStateException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public ProtocolStateException(String operation, String endpoint, String text) {
        super(Errno.EFSM.number(), operation, endpoint, text);
    }
}
