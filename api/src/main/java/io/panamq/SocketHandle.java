// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** What lies beneath every public socket: the native socket and its two halves. */
abstract class SocketHandle {
    final SocketCore core;
    final Outgoing outgoing;
    final Incoming incoming;

    SocketHandle(SocketCore core, FrameFactory factory) {
        this.core = core;
        this.outgoing = new Outgoing(core);
        this.incoming = new Incoming(core, factory);
        core.follow(this);
    }
}
