// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The way that content takes from libzmq: the receiving half of a socket, or the lanes of a
 * thread-safe one. Time-outs are nanoseconds, see {@link Timeout}; a receive returns false or null
 * when the time is over.
 */
public interface ReceivePath {
    /** Receives one frame. */
    boolean receive(Frame message, long timeout);

    /** Receives all frames of one message, or none. */
    boolean receive(FrameSequence multipart, long timeout);

    /** Returns a copy of one frame, or null when the time is over. */
    byte[] receiveBytes(long timeout);

    /**
     * Copies one frame to the start of a segment; returns its size in bytes, or -1 when the time is
     * over. If the frame is larger than the segment, or the copy fails, the next receive gets it.
     */
    long receive(MemorySegment target, long timeout);

    /**
     * Hands frames to the handler: at most {@code max}, and then the rest of a message that was
     * begun. Waits for the first one only. Returns how many the handler got.
     *
     * @param handler a consumer of what the frame factory makes
     */
    int receiveBatch(Consumer<?> handler, int max, long timeout);
}
