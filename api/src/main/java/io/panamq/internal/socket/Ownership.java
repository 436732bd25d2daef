// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.guard.Threads;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides which thread may use a socket, one at a time, and lets any other thread take the socket
 * over to close it.
 *
 * <p>Each call of the owner begins with {@link #tryEnter} and ends with {@link #leave}. These are
 * plain stores and a compare, without a fence: the thread that closes pays instead, which is rare.
 * It replaces the owner by {@link #CLOSED} and then closes an empty shared arena, which makes the
 * JVM stop every Java thread for a moment. After that each thread has either seen that it is no
 * longer the owner, or has made its {@code inside} flag visible, and the closing thread waits until
 * that flag is false.
 */
public class Ownership {
    /** The owner of a socket that no thread may use again. */
    private static final Thread CLOSED = Threads.placeholder("closed");

    /** The owner of a socket that all threads share, one at a time, see {@link #turn}. */
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

    @SuppressWarnings("UnusedVariable") // read and written through OWNER
    private Thread owner;

    /** Whether a thread is in a call; accessed through INSIDE, and at the end of a turn. */
    boolean inside;

    /**
     * The thread that may use a shared socket now, or null. A turn ends with a bare store to this
     * field, because an overflow of the stack could cut off a call.
     */
    volatile Thread turn;

    /** The owner when the socket was taken over; null before, and if all threads had shared it. */
    private volatile Thread lastOwner;

    /** The first of those who follow the calls of the owner, who alone reads and writes this. */
    private UseHook useHook;

    /** What {@link #claim} found. */
    enum Claim {
        OURS,
        FOREIGN,
        CLOSED
    }

    /**
     * Begins a call. If this returns true, C may be called, and {@link #leave} must follow;
     * otherwise {@link #claim} tells why not.
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
        INSIDE.setRelease(this, false);
        return false;
    }

    private static IllegalStateException usedWithin() {
        return new IllegalStateException(
                "the socket is used from within a call of its own, or a StackOverflowError cut a"
                        + " call off before: then it can only be closed");
    }

    final void leave() {
        INSIDE.setRelease(this, false);
        if (useHook != null) {
            tellUsed();
        }
    }

    private void tellUsed() {
        for (UseHook hook = useHook; hook != null; hook = hook.next) {
            hook.afterCall();
        }
    }

    /** Lets a hook follow the calls of the calling thread, which is the owner. */
    public final void addUseHook(UseHook hook) {
        hook.next = useHook;
        useHook = hook;
    }

    /** Removes a hook, if it is there. Hooks may do so from within. For the owner. */
    public final void removeUseHook(UseHook hook) {
        UseHook before = null;
        for (UseHook each = useHook; each != null; each = each.next) {
            if (each != hook) {
                before = each;
            } else if (before == null) {
                useHook = hook.next;
            } else {
                before.next = hook.next;
            }
        }
    }

    private void endUse() {
        UseHook hook = useHook;
        useHook = null;
        for (; hook != null; hook = hook.next) {
            hook.beforeHandOver();
        }
    }

    /** Takes the socket if no thread owns it; returns what it found. */
    final Claim claim() {
        Thread self = Thread.currentThread();
        Thread witness = (Thread) OWNER.compareAndExchange(this, null, self);
        if (witness == null || witness == self) {
            return Claim.OURS;
        }
        return witness == CLOSED ? Claim.CLOSED : Claim.FOREIGN;
    }

    /** Takes the socket if it is free; never waits. */
    final boolean claimIfFree() {
        return (Thread) OWNER.getOpaque(this) == null
                && OWNER.compareAndSet(this, null, Thread.currentThread());
    }

    /** Gives the socket up for the thread that uses it next; false if the caller is no owner. */
    final boolean giveUp() {
        Thread self = Thread.currentThread();
        Thread owner = (Thread) OWNER.getOpaque(this);
        if (owner == self && (boolean) INSIDE.getOpaque(this)) {
            throw usedWithin();
        }
        if (owner == self) {
            endUse();
        }
        return OWNER.compareAndSet(this, self, null);
    }

    /** Shares the socket among all threads; returns false if the caller is not the owner. */
    final boolean shareOwned() {
        Thread self = Thread.currentThread();
        if ((Thread) OWNER.getOpaque(this) == self) {
            endUse();
        }
        return OWNER.compareAndSet(this, self, SHARED);
    }

    /** Begins a turn of the calling thread; returns false while another thread has one. */
    public final boolean tryTurn() {
        return TURN.compareAndSet(this, null, Thread.currentThread());
    }

    final boolean isShared() {
        return (Thread) OWNER.getAcquire(this) == SHARED;
    }

    /** Returns whether a thread took the socket over to close it. */
    public final boolean isClosed() {
        return (Thread) OWNER.getAcquire(this) == CLOSED;
    }

    /** Returns whether another thread owns the socket and has not closed it. */
    public final boolean isForeign() {
        Thread owner = (Thread) OWNER.getAcquire(this);
        return owner != null && owner != CLOSED && owner != Thread.currentThread();
    }

    /** Returns the owner, or the thread that has its turn; null if there is none. */
    final Thread owner() {
        Thread owner = (Thread) OWNER.getAcquire(this);
        return owner == SHARED ? turn : owner;
    }

    /** Wakes the owner if it is parked, or when it parks next. Any thread may do this. */
    public final void unparkOwner() {
        LockSupport.unpark(owner());
    }

    /** What {@link #seize} found. */
    enum TakeOver {
        /** Another call took the socket over before. */
        LATE,
        /** No other thread can be in a call. */
        QUIET,
        /** The former owner may be in a call: a fence and a wait until it has left must follow. */
        BUSY
    }

    /** Takes the socket over for good. Any thread may do this. */
    public TakeOver seize() {
        Thread last = (Thread) OWNER.getAndSet(this, CLOSED);
        if (last == CLOSED) {
            return TakeOver.LATE;
        }
        Thread user = last == SHARED ? turn : last;
        lastOwner = last == SHARED ? null : last;
        // The owner may be parked in a call, or be about to park.
        LockSupport.unpark(user);
        return last == null || user == Thread.currentThread() ? TakeOver.QUIET : TakeOver.BUSY;
    }

    /**
     * Returns whether a thread is in a call. Another thread must {@link #seize} and {@link
     * #fenceAllThreads} before it asks. An owner that has ended is in no call, even if an overflow
     * of its stack cut one off.
     */
    boolean isInside() {
        if (!(boolean) INSIDE.getAcquire(this)) {
            return false;
        }
        Thread owner = lastOwner;
        return owner == null || owner.isAlive();
    }

    /**
     * Makes the earlier stores of all threads visible to the calling thread, and its own to them.
     * Costs tens of microseconds.
     */
    public static void fenceAllThreads() {
        VarHandle.fullFence();
        Arena.ofShared().close();
        VarHandle.fullFence();
    }
}
