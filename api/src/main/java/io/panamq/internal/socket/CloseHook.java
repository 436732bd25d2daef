// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** Something native that points to a native socket and has to go before it does. */
public interface CloseHook {
    /**
     * The socket is closed right after this, by whatever thread; nobody is in a call on it. Must
     * not throw.
     */
    void beforeClose(SocketCore core);
}
