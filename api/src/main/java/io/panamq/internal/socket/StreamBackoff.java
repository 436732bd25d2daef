// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;

/**
 * Whether frames come in a stream. A receiver that is faster than the stream would sleep and be
 * woken every few frames, which costs it and the sender more than the frames do; so when many came
 * without a wait, it lets other threads run for some microseconds and looks again before it sleeps.
 *
 * <p>Where frames come one by one, as in request and reply, nothing of this happens: then libzmq
 * waits at once.
 */
final class StreamBackoff {

    /** So many frames without a wait are a stream. */
    private static final int STREAM = 16;

    /** So many calls wait in libzmq before it is tried again whether there is a stream. */
    private static final int SINGLES = 32;

    private static final long PAUSE_NANOS = 20_000;

    private int streak;
    private int singles;

    /** How a call that may wait is made first: with DONTWAIT, or 0. */
    int flag() {
        if (singles > 0) {
            singles--;
            return 0;
        }
        return DONTWAIT;
    }

    /** Frames were there at once. */
    void arrived(int frames) {
        streak += frames;
    }

    boolean isStream() {
        return streak >= STREAM;
    }

    /** No frame was there. Returns true, after a while, if it pays to look again. */
    @SuppressWarnings("ThreadPriorityCheck") // a yield lets the I/O thread run that has the frames
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
