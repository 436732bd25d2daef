// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.SNDTIMEO;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits between the tries of a blocked call. On a platform thread libzmq itself waits, in slices:
 * its own time-out (SNDTIMEO or RCVTIMEO) never exceeds {@link #SLICE_MILLIS}, so that Java sees an
 * interrupt, a close from another thread and its own deadline between two slices. A message that
 * arrives ends a slice at once. After {@link #slicesOfPatience} slices without news the thread
 * parks as a virtual thread does: that costs nothing, but waking it takes tens of microseconds.
 *
 * <p>libzmq's blocking call knows exactly what it waits for. {@code zmq_poll} does not: it always
 * reports a mandatory ROUTER, a no-drop publisher and a STREAM as ready to send.
 *
 * <p>A virtual thread does not wait in libzmq, which would hold its carrier. It tries, mostly
 * yields and tries again, and then parks until the socket's descriptor becomes readable. A thread
 * may park only after a call that processed all commands and found nothing. A receive processes
 * them itself; for a send see {@link SocketCore#processCommands}.
 */
public final class BlockingWait {
    public static final int SLICE_MILLIS = 20;

    /** The number of slices in a second. */
    public static final int PATIENCE = 1_000 / SLICE_MILLIS;

    /** The number of slices without news after which a platform thread parks. Tests change it. */
    public static volatile int slicesOfPatience = PATIENCE;

    /**
     * The number of waits in a row that a virtual thread may spend with a yield before it must
     * park. Threads that yield run before threads that others wake: without a limit, two threads
     * that talk to each other would keep their carrier for ever.
     */
    private static final int MOST_YIELDS = 16;

    private final SocketCore core;
    private final int option;
    private final String operation;
    private final boolean sends;
    private int nativeMillis = SLICE_MILLIS;
    private long deadline;
    private int rounds;
    private int yields = MOST_YIELDS;

    /**
     * Creates the wait of a half with this native time-out option; exceptions name its operation.
     */
    BlockingWait(SocketCore core, int option, String operation) {
        this.core = core;
        this.option = option;
        this.operation = operation;
        this.sends = option == SNDTIMEO;
    }

    /** Begins a wait with this time-out in nanoseconds, see {@link Timeout}. */
    void begin(long timeout) {
        deadline = Timeout.deadline(timeout);
        rounds = 0;
    }

    /**
     * Prepares the next try: a platform thread then waits within the try, a virtual thread has
     * waited here. Returns false when the time is over. Throws if the thread was interrupted or its
     * wait cancelled, or if the socket or its context was closed.
     *
     * @param timeout that of {@link #begin}
     * @param quiet whether the last try found nothing; false if a signal interrupted it
     */
    boolean next(long timeout, boolean quiet) {
        core.checkWait(operation);
        long left = Timeout.left(timeout, deadline);
        if (left <= 0) {
            return false;
        }
        if (core.dontWait != 0) {
            park(left, quiet);
            return true;
        }
        // The last slice processed all commands, so new ones make the descriptor readable.
        if (quiet && rounds >= slicesOfPatience && core.parkUntilNews(left)) {
            core.checkWait(operation);
            left = Math.max(1, Timeout.left(timeout, deadline));
        }
        rounds++;
        setSlice(left);
        return true;
    }

    private void setSlice(long left) {
        int millis =
                left == Timeout.FOREVER
                        ? SLICE_MILLIS
                        : (int) Math.min(SLICE_MILLIS, (left + 999_999) / 1_000_000);
        // Other threads change that of a thread-safe socket, too.
        if (millis != nativeMillis || core.sharesTimeouts()) {
            core.setInt(option, millis);
            nativeMillis = millis;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a yield costs less than being woken by the watcher
    private void park(long left, boolean quiet) {
        if (rounds == 0 && yields < MOST_YIELDS) {
            // The peer may be a virtual thread that waits for this thread's carrier.
            yields++;
            Thread.yield();
        } else if (quiet) {
            yields = 0;
            if (!core.parkUntilNews(left)) {
                sleep(left);
            }
        }
        rounds++;
        if (sends) {
            core.processCommands();
        }
    }

    /** Sleeps, longer from round to round, where nothing watches the descriptor. */
    private void sleep(long left) {
        long slice = TimeUnit.MILLISECONDS.toNanos(Math.clamp(rounds, 1, SLICE_MILLIS));
        LockSupport.parkNanos(core, Math.min(slice, left));
    }
}
