// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How the pipeline's messages look. Each is one frame that starts with its kind; numbers are
 * little-endian.
 *
 * <p>A chunk is a fixed {@link ChunkHeader} and the text behind it in the same frame, not a
 * multipart message of two frames: one buffer, one call to send and one to receive, and header and
 * text cannot be torn apart. A multipart would pay off if the text could be sent from where it lies
 * (the mapped file) without a copy.
 *
 * <pre>
 * ventilator -&gt; worker   PING round         "answer when you get here"
 *                        CHUNK header text
 *                        END
 * worker -&gt; sink         READY worker round  the answer to PING: all before it is done
 *                        RESULT ...          a {@link ChunkResult}
 *                        BYE worker          the answer to END
 * inside the parent      EXITED worker code  a worker's thread or process has ended
 * </pre>
 */
final class Wire {
    static final int PING = 1;
    static final int CHUNK = 2;
    static final int END = 3;
    static final int READY = 4;
    static final int RESULT = 5;
    static final int BYE = 6;
    static final int EXITED = 7;

    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Wire() {}

    static int kind(MemorySegment message) {
        return message.byteSize() < Integer.BYTES ? 0 : message.get(INT, 0);
    }

    static void requireSize(MemorySegment message, long bytes) {
        if (message.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "a message of "
                            + message.byteSize()
                            + " bytes where "
                            + bytes
                            + " were expected: does something else send to this endpoint?");
        }
    }
}
