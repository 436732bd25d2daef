// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.watch.MailboxSignal;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The native socket of a thread-safe type. libzmq guards it by a lock of its own, which a thread
 * that waits there gives up, so calls of several threads go on side by side. Each call that sends
 * or receives borrows a {@link Lane}. The rarer calls, such as bind, enter this object itself, one
 * after the other. A thread owns either for the time of a call only.
 */
public final class ThreadSafeCore extends SocketCore {
    private static final int SPINS = 300;

    /** How long a call waits for another one that should take a moment, in nanoseconds. */
    private static final long LONGEST_CALL = TimeUnit.SECONDS.toNanos(30);

    private final Object gate = new Object();

    /** Replaced under the gate, never changed. */
    private volatile Lane[] lanes = {};

    /** Whether a lane may have a frame that was too large for the memory of the caller. */
    private volatile boolean kept;

    /** The size in bytes from which segments are shared and not copied. */
    volatile long shareFrom = Long.MAX_VALUE;

    public ThreadSafeCore(
            SocketHome home,
            SocketTraits type,
            java.lang.foreign.MemorySegment handle,
            String name) {
        super(home, type, handle, name);
    }

    // ---- lanes

    /** Borrows a lane for a call of this thread; {@link #giveBack} must follow. */
    Lane borrow(String operation) {
        StackGuard.check();
        Lane[] all = lanes;
        // A thread mostly finds the lane that it had before.
        int start = all.length == 0 ? 0 : (int) (Thread.currentThread().threadId() % all.length);
        for (int i = 0; i < all.length; i++) {
            Lane lane = all[(start + i) % all.length];
            // A frame that is kept is for who receives, and a send may wait for long.
            if (!lane.keeps && lane.tryBorrow()) {
                return lane;
            }
        }
        Lane lane = new Lane(this, true);
        boolean borrowed = lane.tryBorrow();
        assert borrowed;
        attach(lane, operation);
        return lane;
    }

    /** Borrows the lane that has a frame which comes first, or any lane. */
    Lane borrowToReceive(String operation) {
        if (kept) {
            for (Lane lane : lanes) {
                if (lane.keeps && lane.tryBorrow()) {
                    return lane;
                }
            }
        }
        return borrow(operation);
    }

    void giveBack(Lane lane) {
        boolean kept = lane.keeps;
        lane.keeps = lane.keepsFrame();
        lane.release();
        if (kept || lane.keeps) {
            noteKept();
        }
    }

    private void noteKept() {
        kept = false;
        for (Lane lane : lanes) {
            if (lane.keeps) {
                kept = true;
            }
        }
    }

    /** Makes the end of the socket wait for the calls on this lane. */
    void attach(Lane lane, String operation) {
        synchronized (gate) {
            if (isClosed()) {
                throw closedWhile(operation);
            }
            Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
            more[lanes.length] = lane;
            lanes = more;
        }
    }

    void detach(Lane lane) {
        synchronized (gate) {
            Lane[] rest = new Lane[lanes.length];
            int count = 0;
            for (Lane other : lanes) {
                if (other != lane) {
                    rest[count] = other;
                    count++;
                }
            }
            lanes = Arrays.copyOf(rest, count);
        }
    }

    /**
     * Returns a lane for one poller, which may wait for long; it is part of the socket when added.
     */
    @Override
    public SocketCore forPoller() {
        return new Lane(this, false);
    }

    @Override
    public boolean hasLeftovers() {
        return kept;
    }

    // ---- calls

    @Override
    void claimOrThrow(String operation) {
        awaitClaim(this, operation);
    }

    /** Waits until no other thread has this core or lane, and enters it. */
    void awaitClaim(SocketCore wanted, String operation) {
        long begin = System.nanoTime();
        Ownership.Claim claim = wanted.claim();
        for (int tries = 0; claim == Ownership.Claim.FOREIGN; tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else if (System.nanoTime() - begin < LONGEST_CALL) {
                LockSupport.parkNanos(20_000);
            } else {
                throw new IllegalStateException(
                        operation + " on " + name + ": a call of another thread does not end");
            }
            claim = wanted.claim();
        }
        if (claim == Ownership.Claim.CLOSED || !wanted.tryEnter()) {
            throw closedWhile(operation);
        }
        wanted.setWait();
    }

    @Override
    public void exit() {
        super.exit();
        boolean ignored = giveUp();
    }

    /** Returns null: such sockets have no descriptor. */
    @Override
    public MailboxSignal signal() {
        return null;
    }

    /** Throws: nobody needs a ConcurrentSender for such a socket. */
    @Override
    public void share() {
        if (isClosed()) {
            throw closedWhile("sharing");
        }
        throw new IllegalStateException(
                name + " is thread safe: any thread may send through the socket itself");
    }

    /** Ends one wait of any thread, or the next one. */
    @Override
    public void cancel() {
        super.cancel();
        for (Lane lane : lanes) {
            LockSupport.unpark(lane.owner());
        }
    }

    @Override
    synchronized boolean takeCancel() {
        return super.takeCancel();
    }

    // ---- the end

    @Override
    public TakeOver seize() {
        TakeOver found = super.seize();
        synchronized (gate) {
            for (Lane lane : lanes) {
                TakeOver ignored = lane.seize();
            }
        }
        // Any thread may be in a call, and not only the owner.
        return found == TakeOver.LATE ? found : TakeOver.BUSY;
    }

    @Override
    boolean isInside() {
        if (super.isInside()) {
            return true;
        }
        for (Lane lane : lanes) {
            if (lane.isInside()) {
                return true;
            }
        }
        return false;
    }

    @Override
    void closeAfterExit() {
        // Of two threads that leave at the same time, one at least sees that the other has left.
        VarHandle.fullFence();
        if (!isInside()) {
            super.closeAfterExit();
        }
    }

    /**
     * Throws EMFILE, and the socket stays open, if libzmq could not open what it closes it with.
     */
    @Override
    public void closeHandle() {
        DescriptorCheck.require(2, "close of " + name);
        super.closeHandle();
    }

    @Override
    void disposeBatches() {
        for (Lane lane : lanes) {
            lane.disposeBatches();
        }
    }
}
