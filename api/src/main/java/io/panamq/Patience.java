// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * Whether the loop of a {@link SendFront} looks again before it sleeps. To be woken takes some tens
 * of microseconds, in which the queues before and behind it run full and empty, and then all the
 * others sleep too. So it looks again, while other threads run, if the last time that there was
 * nothing to do was as short as that; and never when messages come one by one.
 */
final class Patience {
    /** So many messages since it slept are a stream. */
    private static final int STREAM = 16;

    private static final long LOOKING_NANOS = 100_000;

    /** A time without work that was to be bridged by looking, or nearly. */
    private static final long SHORT_NANOS = 200_000;

    private boolean wasShort = true;
    private int streak;

    /** When it was first found that there is nothing to do; 0 if there was something since. */
    private long quietSince;

    /** So many were sent. */
    void sent(int count) {
        if (quietSince != 0) {
            wasShort = System.nanoTime() - quietSince < SHORT_NANOS;
            quietSince = 0;
        }
        streak += count;
    }

    /** Nothing could be sent. Returns true, a little later, if it pays to look again. */
    @SuppressWarnings("ThreadPriorityCheck") // a yield costs less than to be woken
    boolean isWorthALook() {
        long now = System.nanoTime();
        if (quietSince == 0) {
            quietSince = now;
        }
        if (streak >= STREAM && wasShort && now - quietSince < LOOKING_NANOS) {
            Thread.yield();
            return true;
        }
        streak = 0;
        return false;
    }
}
