// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The call that forwards many messages from one socket to another, in the bundled library only:
 * {@code panamq_forward} does what a loop over {@link TransferCalls} with {@code ZMQ_DONTWAIT}
 * does. It never blocks. One thread at a time may use the sockets and the message; nothing is
 * checked.
 */
public final class ForwardCalls {
    private static final MethodHandle FORWARD =
            Downcalls.plainIfPresent("panamq_forward", Shapes.I_PPPPII);

    /** The source had no message. */
    public static final long NO_MESSAGE = 0;

    /** The target refused the first frame of a message, which is in hand. */
    public static final long REFUSED = 1;

    /** Receiving failed, for another reason than the want of a message. */
    public static final long FAILED = 2;

    private ForwardCalls() {}

    /**
     * Returns whether the loaded library has the function. Only then may it be called.
     *
     * @return true for the bundled library
     */
    public static boolean isPresent() {
        return FORWARD != null;
    }

    /**
     * {@code panamq_forward}: forwards messages with all their frames, until the next one would
     * have to wait or fails. To learn why it fails, call {@link TransferCalls}: it fails again.
     *
     * @param source an open socket that this thread may use
     * @param target another one, but no PAIR, which may refuse a later frame of a message
     * @param hand an initialised and empty message
     * @param totals two longs from {@link NativeMemory#longs}. To the first one the sizes of the
     *     messages that were forwarded are added, in bytes. The second one tells what ended this:
     *     {@link #NO_MESSAGE}, {@link #REFUSED} or {@link #FAILED}
     * @param count the number of messages to forward at most
     * @param alone 1 if the target takes messages of one frame; 0 to refuse them
     * @return the number of messages that were forwarded; its complement, which is negative, if
     *     that ended before the count was reached
     */
    public static int forward(
            MemorySegment source,
            MemorySegment target,
            MemorySegment hand,
            MemorySegment totals,
            int count,
            int alone) {
        try {
            return (int) FORWARD.invokeExact(source, target, hand, totals, count, alone);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
