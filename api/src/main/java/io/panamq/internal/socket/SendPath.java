// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * The way that content takes to libzmq: the sending half of a socket, alone or with turns for many
 * threads. Time-outs are nanoseconds, see {@link Timeout}; a send returns false when the time is
 * over, and then the content is as it was.
 */
public interface SendPath {
    /** Sends a message, or lets it be given back if it is not sent and becomes garbage. */
    default boolean send(Frame message, long timeout) {
        boolean sent = false;
        try {
            sent = attempt(message, timeout);
        } finally {
            if (!sent && message != null) {
                message.markUnsent(false);
            }
        }
        return sent;
    }

    /** Sends all frames or none, and lets them be given back like one message. */
    default boolean send(FrameSequence multipart, long timeout) {
        Objects.requireNonNull(multipart, "multipart").markTried();
        boolean sent = false;
        try {
            sent = attempt(multipart, timeout);
        } finally {
            if (!sent) {
                multipart.markUnsent(false);
            }
        }
        return sent;
    }

    /** Sends a message, for {@link #send(Frame, long)}. */
    boolean attempt(Frame message, long timeout);

    /** Sends all frames or none, for {@link #send(FrameSequence, long)}. */
    boolean attempt(FrameSequence multipart, long timeout);

    boolean send(byte[] content, long timeout);

    boolean send(MemorySegment content, long timeout);

    /** Sends messages of one frame each until the time is over; returns how many it sent. */
    int sendBatch(List<? extends Frame> messages, long timeout);

    /** Returns the time-out of a send for which the caller names none: the option SNDTIMEO. */
    long timeout();

    /** Sets the size in bytes from which on a segment is shared where possible, and not copied. */
    void shareFrom(long bytes);
}
