// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.SNDTIMEO;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How a blocked call waits. On a platform thread libzmq itself waits, in slices: its own time-out
 * (SNDTIMEO or RCVTIMEO) never exceeds {@link #SLICE_MILLIS}, so that between two slices Java sees
 * an interrupt, a close from another thread and its own deadline. A message that arrives ends a
 * slice at once. When nothing came for {@link #slicesOfPatience} slices, the thread parks as a
 * virtual one does: threads that wait for long cost nothing, and what ends such a wait takes some
 * tens of microseconds more.
 *
 * <p>libzmq's blocking call knows exactly what it waits for. {@code zmq_poll} does not: a mandatory
 * ROUTER, a no-drop publisher and a STREAM are always ready to send as far as it can tell.
 *
 * <p>A virtual thread does not wait in libzmq, which would hold its carrier. It tries, mostly
 * yields and tries again, and parks until the socket's descriptor tells of news, whatever they are.
 * Only a call that has processed all commands and then found nothing may be followed by that:
 * receiving does so itself, for sending see {@link SocketCore#processCommands}.
 */
public final class BlockingWait {
    public static final int SLICE_MILLIS = 20;

    /** So many slices without news are a second. */
    public static final int PATIENCE = 1_000 / SLICE_MILLIS;

    /** After so many a platform thread parks. Tests change it. */
    public static volatile int slicesOfPatience = PATIENCE;

    /**
     * How often a virtual thread may find what it waits for after a yield, before it parks in any
     * case. Threads that yield come before all that are woken by other threads: two that talk to
     * each other would keep their carrier for ever.
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
     * For one direction of a socket: its native time-out option, and what to call the operation.
     */
    BlockingWait(SocketCore core, int option, String operation) {
        this.core = core;
        this.option = option;
        this.operation = operation;
        this.sends = option == SNDTIMEO;
    }

    /** Starts to count. */
    void begin(long timeout) {
        deadline = Timeout.deadline(timeout);
        rounds = 0;
    }

    /**
     * Prepares the next try, which waits for a slice, or waits before it; or returns false when the
     * time is over. Throws when the wait must end: interrupt, close, context.
     *
     * @param quiet whether the last try found nothing, and not that it was cut short
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
        // The slice before has processed all commands: from then on they make it readable.
        if (quiet && rounds >= slicesOfPatience && core.parkUntilNews(left)) {
            core.checkWait(operation);
            left = Math.max(1, Timeout.left(timeout, deadline));
        }
        rounds++;
        slice(left);
        return true;
    }

    private void slice(long left) {
        int millis =
                left == Timeout.FOREVER
                        ? SLICE_MILLIS
                        : (int) Math.min(SLICE_MILLIS, (left + 999_999) / 1_000_000);
        if (millis != nativeMillis) {
            core.setInt(option, millis);
            nativeMillis = millis;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a yield costs less than to be woken by the watcher
    private void park(long left, boolean quiet) {
        if (rounds == 0 && yields < MOST_YIELDS) {
            // The peer may be a virtual thread that waits for this carrier.
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

    /** Nobody can watch the descriptor: looks again soon, then less soon. */
    private void sleep(long left) {
        long slice = TimeUnit.MILLISECONDS.toNanos(Math.clamp(rounds, 1, SLICE_MILLIS));
        LockSupport.parkNanos(core, Math.min(slice, left));
    }
}
