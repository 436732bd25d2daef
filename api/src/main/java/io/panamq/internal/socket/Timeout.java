// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.time.Duration;
import java.util.Objects;

/**
 * Computes with time-outs: nanoseconds, {@link #NOT} or {@link #FOREVER}. The end of a wait is a
 * deadline, as {@link System#nanoTime} counts, which only a time-out between these two has.
 */
public final class Timeout {
    /** Does not wait at all. */
    public static final long NOT = 0;

    /** Waits without an end. */
    public static final long FOREVER = Long.MAX_VALUE;

    private Timeout() {}

    /**
     * Converts what the user gave.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static long nanos(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is negative: " + timeout);
        }
        // As much as nanoTime can express is 292 years.
        return timeout.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1
                ? FOREVER
                : timeout.toNanos();
    }

    /** Returns when a wait ends that begins now; any number if it has no end. */
    public static long deadline(long timeout) {
        return isTimed(timeout) ? System.nanoTime() + timeout : 0;
    }

    /** Returns how long a wait may still take, 0 or less if its deadline is over. */
    public static long left(long timeout, long deadline) {
        return isTimed(timeout) ? deadline - System.nanoTime() : timeout;
    }

    private static boolean isTimed(long timeout) {
        return timeout != NOT && timeout != FOREVER;
    }
}
