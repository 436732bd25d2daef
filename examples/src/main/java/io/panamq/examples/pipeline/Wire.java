// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The format of the pipeline's messages. Each message is one frame, which starts with its kind.
 * Numbers are little-endian.
 *
 * <p>A chunk is a {@link ChunkHeader} and the text after it in the same frame. With one frame there
 * is one buffer, one call to send and one to receive. A multipart message of two frames would pay
 * off if the text were sent from the mapped file without a copy.
 *
 * <pre>
 * ventilator -&gt; worker   PING round         asks for an answer
 *                        CHUNK header text
 *                        END
 * worker -&gt; sink         READY worker round  answers PING: all earlier chunks are done
 *                        RESULT ...          a {@link ChunkResult}
 *                        BYE worker          answers END
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

    /** Returns the kind of a message, or 0 if it is too short to have one. */
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
