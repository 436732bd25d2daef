// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.watch.MailboxSignal;

/**
 * What one call on a thread-safe socket needs for itself: an owner, a place for errno, and the two
 * halves. Its native socket is that of the {@link ThreadSafeCore}, and so is the end: a socket is
 * closed when no thread is in a call on any of its lanes.
 */
final class Lane extends SocketCore {
    private final ThreadSafeCore trunk;

    /** Whether calls borrow this lane; otherwise a poller has it. */
    private final boolean pooled;

    /** Whether it was given back with a frame that was too large for the memory of the caller. */
    volatile boolean keeps;

    private Outgoing outgoing;
    private Incoming incoming;

    Lane(ThreadSafeCore trunk, boolean pooled) {
        super(trunk.home, trunk.type, trunk.handle, trunk.name);
        this.trunk = trunk;
        this.pooled = pooled;
    }

    /** Borrows the lane for a call of this thread, if no other thread has it. */
    boolean tryBorrow() {
        if (!pooled || !claimIfFree()) {
            return false;
        }
        setWait();
        return true;
    }

    /** Ends a call, unless an overflow of the stack has cut that off: then the lane is lost. */
    void release() {
        if (!isInside()) {
            boolean ignored = giveUp();
        }
    }

    Outgoing outgoing() {
        if (outgoing == null) {
            outgoing = new Outgoing(this);
        }
        return outgoing;
    }

    Incoming incoming(FrameFactory factory) {
        if (incoming == null) {
            incoming = new Incoming(this, factory);
        }
        return incoming;
    }

    /** Returns whether it has such a frame now; for the thread that has the lane. */
    boolean keepsFrame() {
        return !batch.frames.isEmpty();
    }

    /** Waits while another thread has the lane, which is for a moment only. */
    @Override
    void claimOrThrow(String operation) {
        trunk.awaitClaim(this, operation);
    }

    @Override
    public void exit() {
        leave();
        if (trunk.closeOnExit) {
            trunk.closeAfterExit();
        }
        if (!pooled) {
            boolean ignored = giveUp();
        }
    }

    @Override
    boolean takeCancel() {
        return trunk.takeCancel();
    }

    @Override
    public boolean usesUdp() {
        return trunk.usesUdp();
    }

    @Override
    public boolean hasLeftovers() {
        return trunk.hasLeftovers();
    }

    @Override
    boolean sharesTimeouts() {
        return true;
    }

    /** Returns null: such sockets have no descriptor. */
    @Override
    public MailboxSignal signal() {
        return null;
    }

    @Override
    public boolean isNativeClosed() {
        return trunk.isNativeClosed();
    }

    @Override
    public void addCloseHook(CloseHook hook) {
        trunk.attach(this, "add");
        trunk.addCloseHook(hook);
    }

    @Override
    public void removeCloseHook(CloseHook hook) {
        trunk.removeCloseHook(hook);
        trunk.detach(this);
    }
}
