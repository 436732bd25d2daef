// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Lets threads send through a shared socket one after the other. The lock is a field of the socket,
 * {@link Ownership#turn}; this class adds the queue of the threads that wait for their turn.
 */
@SuppressWarnings("serial") // never serialised
public final class SendTurnQueue extends AbstractQueuedSynchronizer implements SendPath {
    private static final String SEND = "send";
    private static final long FIRST_SLICE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PLATFORM_SLICE = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long LONGEST_SLICE = TimeUnit.SECONDS.toNanos(1);

    private final SocketCore core;
    private final Outgoing outgoing;

    /**
     * The virtual thread that was woken last and has not tried since. It is a hint, which saves
     * another look at the stack: with one for each send, virtual threads send a tenth as fast.
     */
    private Thread woken;

    public SendTurnQueue(SocketCore core, Outgoing outgoing) {
        this.core = core;
        this.outgoing = outgoing;
    }

    @Override
    public long timeout() {
        return core.sendTimeout;
    }

    /** Throws: the threads share the socket, and its settings are fixed. */
    @Override
    public void shareFrom(long bytes) {
        outgoing.shareFrom(bytes);
    }

    @Override
    public boolean attempt(Frame message, long timeout) {
        return transfer(Objects.requireNonNull(message, "message"), timeout) != 0;
    }

    @Override
    public boolean attempt(FrameSequence multipart, long timeout) {
        return transfer(multipart, timeout) != 0;
    }

    @Override
    public boolean send(byte[] content, long timeout) {
        return transfer(Objects.requireNonNull(content, "content"), timeout) != 0;
    }

    @Override
    public boolean send(MemorySegment content, long timeout) {
        return transfer(Objects.requireNonNull(content, "content"), timeout) != 0;
    }

    @Override
    public int sendBatch(List<? extends Frame> messages, long timeout) {
        return transfer(Objects.requireNonNull(messages, "messages"), timeout);
    }

    /**
     * Sends in a turn of the calling thread.
     *
     * @param content a frame, a sequence of frames, a segment, an array or a list of frames
     * @param timeout in nanoseconds, see {@link Timeout}, for the turn and for room together
     * @return how many messages were sent before the time was over
     */
    private int transfer(Object content, long timeout) {
        long deadline = Timeout.deadline(timeout);
        if (!begin(timeout, deadline)) {
            return 0;
        }
        try {
            core.setWait();
            return sendNow(content, Math.max(Timeout.NOT, Timeout.left(timeout, deadline)));
        } finally {
            // These are bare stores, because an overflow of the stack could cut off a call.
            core.inside = false;
            core.turn = null;
            wakeFirst();
        }
    }

    /**
     * Wakes the first thread of the queue. A virtual thread whose wake-up an overflow of the stack
     * cuts off would never run again: near the end of the stack it is left to its slice.
     */
    private void wakeFirst() {
        Thread first = getFirstQueuedThread();
        if (first == null) {
            return;
        }
        if (first != woken && first.isVirtual()) {
            try {
                StackGuard.requireToWake();
            } catch (StackOverflowError e) {
                return;
            }
            woken = first;
        }
        boolean ignored = release(0);
    }

    private int sendNow(Object content, long timeout) {
        boolean sent;
        if (content instanceof Frame frame) {
            sent = outgoing.attempt(frame, timeout);
        } else if (content instanceof FrameSequence frames) {
            sent = outgoing.attempt(frames, timeout);
        } else if (content instanceof MemorySegment segment) {
            sent = outgoing.send(segment, timeout);
        } else if (content instanceof byte[] array) {
            sent = outgoing.send(array, timeout);
        } else {
            @SuppressWarnings("unchecked") // see the methods of this class
            List<? extends Frame> messages = (List<? extends Frame>) content;
            return outgoing.sendBatch(messages, timeout);
        }
        return sent ? 1 : 0;
    }

    /**
     * Begins a turn of the calling thread. Returns false when the time is over, or at once if the
     * time-out is {@link Timeout#NOT} and there is no room. Always waits for other threads whose
     * sends have room.
     */
    private boolean begin(long timeout, long deadline) {
        return tryAcquire(0) || await(timeout, deadline);
    }

    private boolean await(long timeout, long deadline) {
        // An overflow within the queue would leave this thread's entry behind in it.
        StackGuard.require();
        if (core.turn == Thread.currentThread()) {
            throw new IllegalStateException("a send from within a send of " + core.name);
        }
        boolean begun = false;
        boolean interrupted = false;
        try {
            long longest = Thread.currentThread().isVirtual() ? LONGEST_SLICE : PLATFORM_SLICE;
            long slice = FIRST_SLICE;
            while (!begun) {
                // This thread must look for itself: the thread that has the turn, or the next in
                // the queue, may be a virtual thread that gets no carrier.
                if (core.isClosed() || core.home.isShutDown()) {
                    throw core.closedWhile(SEND);
                }
                boolean full = outgoing.isWaiting();
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
                    interrupted = true; // it ends this wait only if there is no room
                    slice = FIRST_SLICE;
                }
                // Slices stay short for a thread that must not wait once there is no room.
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

    /** Returns true, because the turn has ended already: then the queue wakes its first thread. */
    @Override
    protected boolean tryRelease(int ignored) {
        return true;
    }
}
