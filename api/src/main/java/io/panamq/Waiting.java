// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Objects;

/**
 * How a blocked call waits. libzmq itself waits, in slices: its own time-out (SNDTIMEO or RCVTIMEO)
 * never exceeds {@link #SLICE_MILLIS}, so that between two slices Java sees an interrupt, a close
 * from another thread and its own deadline. A message that arrives ends a slice at once.
 *
 * <p>libzmq's blocking call knows exactly what it waits for. {@code zmq_poll} does not: a mandatory
 * ROUTER, a no-drop publisher and a STREAM are always ready to send as far as it can tell.
 */
final class Waiting {
    static final int SLICE_MILLIS = 20;
    static final long NOT = 0;
    static final long FOREVER = Long.MAX_VALUE;

    private final SocketCore core;
    private final int option;
    private final String operation;
    private int nativeMillis = SLICE_MILLIS;
    private long deadline;

    /**
     * For one direction of a socket: its native time-out option, and what to call the operation.
     */
    Waiting(SocketCore core, int option, String operation) {
        this.core = core;
        this.option = option;
        this.operation = operation;
    }

    static long nanos(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is negative: " + timeout);
        }
        // As much as nanoTime can express is 292 years.
        return timeout.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1
                ? FOREVER
                : timeout.toNanos();
    }

    /** Starts to count. */
    void begin(long timeout) {
        deadline = timeout == FOREVER ? 0 : System.nanoTime() + timeout;
    }

    /**
     * Prepares the next slice, or returns false when the time is over. Throws when the wait must
     * end: interrupt, close, context.
     */
    boolean next(long timeout) {
        core.checkWait(operation);
        int millis = SLICE_MILLIS;
        if (timeout != FOREVER) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            millis = (int) Math.min(SLICE_MILLIS, (left + 999_999) / 1_000_000);
        }
        if (millis != nativeMillis) {
            try (Arena arena = Arena.ofConfined()) {
                OptionCodec.writeInt(core, option, millis, arena);
            }
            nativeMillis = millis;
        }
        return true;
    }
}
