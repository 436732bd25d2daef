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
    private static final long LONGEST_SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final SocketCore core;
    private final Outgoing outgoing;

    SenderTurns(Socket socket) {
        core = socket.core;
        outgoing = socket.outgoing;
    }

    /**
     * Begins a turn, which ends with {@code core.turn = null} in a finally block, and then {@link
     * #wakeNext}. Or returns false when the time is over, or at once if it is {@link Waiting#NOT}
     * and there is no room. Waits for others who just send, in any case.
     */
    boolean begin(long timeout, long deadline) {
        return tryAcquire(0) || await(timeout, deadline);
    }

    void wakeNext() {
        boolean ignored = release(0);
    }

    private boolean await(long timeout, long deadline) {
        StackGuard.requireAmple(); // or it could leave itself behind in the queue
        if (core.owner() == Thread.currentThread()) {
            throw new IllegalStateException("a send from within a send of " + core.name);
        }
        boolean interrupted = false;
        try {
            long slice = FIRST_SLICE;
            while (true) {
                boolean full = outgoing.waits();
                interrupted = interrupted || Thread.currentThread().isInterrupted();
                if (full && interrupted) {
                    throw Failures.interrupted(SEND, core.name);
                }
                long left = timeout == Waiting.FOREVER ? slice : deadline - System.nanoTime();
                if (left <= 0 && (full || timeout != Waiting.NOT)) {
                    return false;
                }
                try {
                    // In slices: who is woken next may be a virtual thread that gets no carrier.
                    if (tryAcquireNanos(0, left <= 0 ? slice : Math.min(left, slice))) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true; // ends a wait for room only
                }
                // Who would not wait for room looks soon whether that is what all wait for.
                if (timeout != Waiting.NOT && !interrupted) {
                    slice = Math.min(2 * slice, LONGEST_SLICE);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- for the queue

    @Override
    protected boolean tryAcquire(int ignored) {
        return core.tryTurn();
    }

    /** The turn has ended already. */
    @Override
    protected boolean tryRelease(int ignored) {
        return true;
    }
}
