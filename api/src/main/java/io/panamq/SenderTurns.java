// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Whose turn it is to send through a shared socket. The lock is a field of the socket; the queue of
 * those who wait for their turn is Java's.
 */
@SuppressWarnings("serial") // never written anywhere
final class SenderTurns extends AbstractQueuedSynchronizer {
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

    SenderTurns(Socket socket) {
        core = socket.core;
        outgoing = socket.outgoing;
    }

    /**
     * Begins a turn, which ends with {@code core.turn = null} in a finally block, and then {@link
     * #wakeNext}. Or returns false when the time is over, or at once if it is {@link Timeout#NOT}
     * and there is no room. Waits for others who just send, in any case.
     */
    boolean begin(long timeout, long deadline) {
        return tryAcquire(0) || await(timeout, deadline);
    }

    void wakeNext() {
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
                if (core.isClosed() || core.context.isShutDown()) {
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
