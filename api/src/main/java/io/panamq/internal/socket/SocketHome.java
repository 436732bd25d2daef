// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** The context of a socket, as far as the socket knows it. */
public interface SocketHome {
    /** Returns whether the context was closed. */
    boolean isClosed();

    /** Returns whether the context was shut down: its sockets may fail every call with ETERM. */
    boolean isShutDown();

    /** Closes the handle of {@code core}, and forgets the socket and the names it is bound to. */
    void close(SocketCore core);
}
