// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** Is what a socket knows of its context. */
public interface SocketHome {
    /** Returns whether the context was closed. */
    boolean isClosed();

    /** Returns whether the context's sockets may answer ETERM to everything. */
    boolean isShutDown();

    /** Closes the handle of {@code core}, and forgets the socket and the names it is bound to. */
    void close(SocketCore core);
}
