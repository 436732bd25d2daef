// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.time.Duration;
import java.util.Objects;

/**
 * Computes with time-outs: a number of nanoseconds, {@link #NOT} or {@link #FOREVER}. A deadline is
 * the {@link System#nanoTime} at which a wait ends; waits of these two time-outs have none.
 */
public final class Timeout {
    /** The time-out of a call that does not wait. */
    public static final long NOT = 0;

    /** The time-out of a call that waits without an end. */
    public static final long FOREVER = Long.MAX_VALUE;

    private Timeout() {}

    /**
     * Converts a time-out of the user to nanoseconds; one of 292 years or more to {@link #FOREVER}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static long nanos(Duration timeout) {
        return nanos(timeout, "timeout");
    }

    /** Converts a time of the user as {@link #nanos(Duration)} does; exceptions name it. */
    public static long nanos(Duration time, String name) {
        Objects.requireNonNull(time, name);
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + time);
        }
        return time.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1 ? FOREVER : time.toNanos();
    }

    /** Returns the deadline of a wait that begins now; any number if it has none. */
    public static long deadline(long timeout) {
        return isTimed(timeout) ? System.nanoTime() + timeout : 0;
    }

    /** Returns the time-out for the rest of a wait; 0 or less when its deadline is over. */
    public static long left(long timeout, long deadline) {
        return isTimed(timeout) ? deadline - System.nanoTime() : timeout;
    }

    private static boolean isTimed(long timeout) {
        return timeout != NOT && timeout != FOREVER;
    }
}
