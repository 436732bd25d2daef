// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Whose turn it is to send through a shared socket. The lock is a field of the socket; the queue of
 * those who wait for their turn is Java's.
 */
@SuppressWarnings("serial") // never written anywhere
public final class SendTurnQueue extends AbstractQueuedSynchronizer {
    private static final String SEND = "send";
    private static final long FIRST_SLICE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PLATFORM_SLICE = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long LONGEST_SLICE = TimeUnit.SECONDS.toNanos(1);

    private final SocketCore core;
    private final Outgoing outgoing;

    /**
     * It was woken, and has not tried since. A hint: without it there is one more look at the
     * stack.
     */
    private Thread woken;

    public SendTurnQueue(SocketCore core, Outgoing outgoing) {
        this.core = core;
        this.outgoing = outgoing;
    }

    /**
     * Sends in a turn of the calling thread.
     *
     * @param content a frame, a sequence of frames, a segment or an array
     * @return false if the time is over
     */
    public boolean send(Object content, long timeout) {
        Objects.requireNonNull(content, "content");
        long deadline = Timeout.deadline(timeout);
        if (!begin(timeout, deadline)) {
            return false;
        }
        try {
            core.setWait();
            return sendNow(content, Math.max(Timeout.NOT, Timeout.left(timeout, deadline)));
        } finally {
            // Bare stores: an overflow of the stack may cut off a call, also the one that does
            // this.
            core.inside = false;
            core.turn = null;
            wakeNext();
        }
    }

    private boolean sendNow(Object content, long timeout) {
        if (content instanceof Frame frame) {
            return outgoing.send(frame, timeout);
        }
        if (content instanceof FrameSequence frames) {
            return outgoing.send(frames, timeout);
        }
        if (content instanceof MemorySegment segment) {
            return outgoing.send(segment, timeout);
        }
        return outgoing.send((byte[]) content, timeout);
    }

    /**
     * Begins a turn. Returns false when the time is over, or at once if it is {@link Timeout#NOT}
     * and there is no room. Waits in any case for other threads that just send.
     */
    private boolean begin(long timeout, long deadline) {
        return tryAcquire(0) || await(timeout, deadline);
    }

    private void wakeNext() {
        Thread next = getFirstQueuedThread();
        if (next == null) {
            return;
        }
        if (next != woken && next.isVirtual()) {
            if (!canWake()) {
                return;
            }
            woken = next;
        }
        boolean ignored = release(0);
    }

    /**
     * A virtual thread whose unpark is cut off by the end of the stack would never run again. It
     * looks by itself after its slice.
     */
    private static boolean canWake() {
        try {
            StackGuard.require();
            return true;
        } catch (StackOverflowError e) {
            return false;
        }
    }

    private boolean await(long timeout, long deadline) {
        StackGuard.require(); // or it could leave itself behind in the queue
        if (core.turn == Thread.currentThread()) {
            throw new IllegalStateException("a send from within a send of " + core.name);
        }
        boolean begun = false;
        boolean interrupted = false;
        try {
            long longest = Thread.currentThread().isVirtual() ? LONGEST_SLICE : PLATFORM_SLICE;
            long slice = FIRST_SLICE;
            while (!begun) {
                // Whoever has the turn, or is next, may be a virtual thread that gets no carrier.
                if (core.isClosed() || core.home.isShutDown()) {
                    throw core.closedWhile(SEND);
                }
                boolean full = outgoing.waits();
                interrupted = interrupted || Thread.currentThread().isInterrupted();
                if (full && interrupted) {
                    throw Failures.interrupted(SEND, core.name);
                }
                long left = Timeout.left(timeout, deadline);
                if (left <= 0 && (full || timeout != Timeout.NOT)) {
                    return false;
                }
                try {
                    begun = tryAcquireNanos(0, left <= 0 ? slice : Math.min(left, slice));
                } catch (InterruptedException e) {
                    interrupted = true; // ends a wait for room only
                    slice = FIRST_SLICE;
                }
                // Who would not wait for room looks soon whether that is what all wait for.
                if (timeout != Timeout.NOT && !interrupted) {
                    slice = Math.min(2 * slice, longest);
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- for the queue

    @Override
    protected boolean tryAcquire(int ignored) {
        boolean begun = core.tryTurn();
        if (!begun) {
            woken = null; // it may be this thread, which sleeps again
        }
        return begun;
    }

    /** The turn has ended already. */
    @Override
    protected boolean tryRelease(int ignored) {
        return true;
    }
}
