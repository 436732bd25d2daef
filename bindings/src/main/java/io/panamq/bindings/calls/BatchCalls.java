// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Many messages in one call, in the bundled library only: {@code panamq_send} and {@code
 * panamq_receive}, loops over {@link TransferCalls} with {@code ZMQ_DONTWAIT}, and {@code
 * panamq_close}. Never block; one thread at a time for a socket and for the messages; nothing is
 * checked.
 *
 * <p>Sending and receiving ends at the first message that fails, so the result tells how many were
 * done, from the first on. Why it ended, a call of {@link TransferCalls} tells: the same message
 * fails again.
 */
public final class BatchCalls {
    private static final MethodHandle SEND = Downcalls.plainIfPresent("panamq_send", Shapes.I_PPI);
    private static final MethodHandle RECEIVE =
            Downcalls.plainIfPresent("panamq_receive", Shapes.I_PPPIJ);
    private static final MethodHandle CLOSE = Downcalls.plainIfPresent("panamq_close", Shapes.I_PI);

    private BatchCalls() {}

    /**
     * Whether the loaded library has these functions. Without them the others here must not be
     * called.
     *
     * @return true for the bundled library
     */
    public static boolean isPresent() {
        return SEND != null && RECEIVE != null && CLOSE != null;
    }

    /**
     * {@code panamq_send}: sends messages of one frame each. Those sent are left empty and
     * initialised.
     *
     * @param socket an open socket that this thread may use
     * @param messages their addresses; all are initialised
     * @param count how many
     * @return how many were sent, 0 or more
     */
    public static int send(MemorySegment socket, MemorySegment messages, int count) {
        try {
            return (int) SEND.invokeExact(socket, messages, count);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_receive}: receives frames, be they messages or parts of one. What the messages
     * held before is closed.
     *
     * @param socket an open socket that this thread may use
     * @param messages their addresses; all are initialised
     * @param sizes gets the size of each that was received, as a long
     * @param count how many
     * @param bytes ends with the frame that makes it so many
     * @return how many were received; the complement of that, which is negative, if it ended
     *     because there was none or for an error
     */
    public static int receive(
            MemorySegment socket,
            MemorySegment messages,
            MemorySegment sizes,
            int count,
            long bytes) {
        try {
            return (int) RECEIVE.invokeExact(socket, messages, sizes, count, bytes);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_close}: leaves messages empty and initialised.
     *
     * @param messages addresses; all are initialised
     * @param from index of the first to close
     * @param to index behind the last
     */
    public static void close(MemorySegment messages, int from, int to) {
        if (from >= to) {
            return;
        }
        try {
            MemorySegment some = messages.asSlice(from * ADDRESS.byteSize());
            int ignored = (int) CLOSE.invokeExact(some, to - from);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
