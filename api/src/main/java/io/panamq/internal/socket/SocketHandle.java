// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/**
 * The base of every public socket: holds the native socket and its two halves.
 *
 * @hidden
 */
public abstract class SocketHandle extends CoreHandle {
    protected final SendPath outgoing;
    protected final ReceivePath incoming;

    protected SocketHandle(SocketCore core, FrameFactory factory) {
        super(core, core.name);
        if (core instanceof ThreadSafeCore shared) {
            this.outgoing = new ThreadSafeOutgoing(shared);
            this.incoming = new ThreadSafeIncoming(shared, factory);
        } else {
            this.outgoing = new Outgoing(core);
            this.incoming = new Incoming(core, factory);
        }
        core.trackLeak(this);
    }
}
