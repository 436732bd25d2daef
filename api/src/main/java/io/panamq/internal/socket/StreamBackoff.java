// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;

/**
 * Finds out whether frames come in a stream, and if so lets a receiver that ran out of them pause
 * before it waits. Otherwise a receiver that is faster than the stream would sleep and be woken
 * every few frames, which costs both sides more than the frames do.
 *
 * <p>Where frames come one by one, as in request and reply, libzmq waits at once.
 */
final class StreamBackoff {
    /** The number of frames without a wait between them that make a stream. */
    private static final int STREAM = 16;

    /** The number of calls that wait in libzmq at once, before one tries again without a wait. */
    private static final int SINGLES = 32;

    /** How long a pause is, in nanoseconds. */
    private static final long PAUSE_NANOS = 20_000;

    /** Frames since the last pause that needed no wait. */
    private int streak;

    /** Calls that are still to wait at once. */
    private int singles;

    /** Returns the flag for the first try of a call that may wait: DONTWAIT or 0. */
    int flag() {
        if (singles > 0) {
            singles--;
            return 0;
        }
        return DONTWAIT;
    }

    /** Counts frames that needed no wait. */
    void count(int frames) {
        streak += frames;
    }

    boolean isStream() {
        return streak >= STREAM;
    }

    /** Pauses and returns true if frames come in a stream; the caller has just found none. */
    @SuppressWarnings("ThreadPriorityCheck") // a yield lets the I/O thread run
    boolean pause() {
        boolean stream = isStream();
        streak = 0;
        if (!stream) {
            singles = SINGLES;
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
        } while (System.nanoTime() - start < PAUSE_NANOS);
        return true;
    }
}
