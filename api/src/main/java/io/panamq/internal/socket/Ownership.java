// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.guard.Threads;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread at a time: who may use a socket, and how another thread takes it over to close it.
 *
 * <p>The owner's calls are bracketed by {@link #tryEnter} and {@link #leave}. Both are plain stores
 * and one compare, no fence: the rare closer pays instead. It replaces the owner by {@link #CLOSED}
 * and then closes an empty shared arena, which makes the JVM stop every Java thread for a moment.
 * After that each thread has either seen that it is no longer the owner, or has made its {@code
 * inside} flag visible, and the closer waits for that flag to fall.
 */
public class Ownership {
    /** Stands for "nobody, ever again". */
    private static final Thread CLOSED = Threads.placeholder("closed");

    /** Stands for all threads, one at a time: see {@link #turn}. */
    private static final Thread SHARED = Threads.placeholder("a ConcurrentSender");

    private static final VarHandle OWNER;
    private static final VarHandle INSIDE;
    private static final VarHandle TURN;

    static {
        try {
            var lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(Ownership.class, "owner", Thread.class);
            INSIDE = lookup.findVarHandle(Ownership.class, "inside", boolean.class);
            TURN = lookup.findVarHandle(Ownership.class, "turn", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through OWNER
    private Thread owner;

    /** Through INSIDE; a turn ends with a bare store here too, see {@link #turn}. */
    boolean inside;

    /**
     * Whose turn it is with one that is shared. A turn ends with a bare store: no call, which an
     * overflow of the stack could cut off.
     */
    volatile Thread turn;

    /** What {@link #tryEnter} found. */
    enum Claim {
        OURS,
        FOREIGN,
        CLOSED
    }

    /**
     * Starts a call. Only if this returns true may C be called, and {@link #leave} must follow;
     * otherwise {@link #claim} tells why.
     */
    public final boolean tryEnter() {
        Thread self = Thread.currentThread();
        Thread owner = (Thread) OWNER.getOpaque(this);
        // A foreign thread must not touch the flag: it belongs to the owner.
        if (owner != self && (owner != SHARED || turn != self)) {
            return false;
        }
        if ((boolean) INSIDE.getOpaque(this)) {
            throw usedWithin();
        }
        INSIDE.setOpaque(this, true);
        if ((Thread) OWNER.getOpaque(this) == owner) {
            return true;
        }
        leave();
        return false;
    }

    private static IllegalStateException usedWithin() {
        return new IllegalStateException(
                "the socket is used from within a call of its own, or a StackOverflowError cut a"
                        + " call off before: then it can only be closed");
    }

    final void leave() {
        INSIDE.setRelease(this, false);
    }

    /** Takes an unowned socket, and tells how things stand. */
    final Claim claim() {
        Thread self = Thread.currentThread();
        Thread witness = (Thread) OWNER.compareAndExchange(this, null, self);
        if (witness == null || witness == self) {
            return Claim.OURS;
        }
        return witness == CLOSED ? Claim.CLOSED : Claim.FOREIGN;
    }

    /** Gives the socket up, by its owner only: the next thread that uses it owns it. */
    final boolean giveUp() {
        Thread self = Thread.currentThread();
        if ((Thread) OWNER.getOpaque(this) == self && (boolean) INSIDE.getOpaque(this)) {
            throw usedWithin();
        }
        return OWNER.compareAndSet(this, self, null);
    }

    /** Of its owner's: from now on it is that of whoever has a turn. */
    final boolean shareOwned() {
        return OWNER.compareAndSet(this, Thread.currentThread(), SHARED);
    }

    /** Begins the calling thread's turn; false while another thread has one. */
    public final boolean tryTurn() {
        return TURN.compareAndSet(this, null, Thread.currentThread());
    }

    final boolean isShared() {
        return (Thread) OWNER.getAcquire(this) == SHARED;
    }

    /** Whether somebody took it over for good. Also read by the owner between waits. */
    public final boolean isClosed() {
        return (Thread) OWNER.getAcquire(this) == CLOSED;
    }

    /** Whether another thread has it, to use it and not to close it. */
    public final boolean isForeign() {
        Thread owner = (Thread) OWNER.getAcquire(this);
        return owner != null && owner != CLOSED && owner != Thread.currentThread();
    }

    /** The present owner, or whose turn it is; null if there is none. */
    final Thread owner() {
        Thread owner = (Thread) OWNER.getAcquire(this);
        return owner == SHARED ? turn : owner;
    }

    /** What {@link #seize} found. */
    enum TakeOver {
        /** Somebody else took it over before. */
        LATE,
        /** No other thread can be in a call. */
        QUIET,
        /** The former owner may be in a call: fence, and wait for it to leave. */
        BUSY
    }

    /** Takes it over for good, from any thread. */
    public final TakeOver seize() {
        Thread last = (Thread) OWNER.getAndSet(this, CLOSED);
        if (last == CLOSED) {
            return TakeOver.LATE;
        }
        Thread user = last == SHARED ? turn : last;
        // It may be parked in a call, or be about to.
        LockSupport.unpark(user);
        return last == null || user == Thread.currentThread() ? TakeOver.QUIET : TakeOver.BUSY;
    }

    /** After {@link #seize} and {@link #fenceAllThreads}: whether the old owner is in a call. */
    final boolean isInside() {
        return (boolean) INSIDE.getAcquire(this);
    }

    /**
     * Makes every thread's earlier stores visible here, and our earlier stores visible to it before
     * its next access. Costs tens of microseconds; for closing only.
     */
    public static void fenceAllThreads() {
        VarHandle.fullFence();
        Arena.ofShared().close();
        VarHandle.fullFence();
    }
}
