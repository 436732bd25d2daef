// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Many messages in one call, in the bundled library only: {@code panamq_send} and {@code
 * panamq_receive}, loops over {@link TransferCalls} with {@code ZMQ_DONTWAIT}. Never block; one
 * thread at a time for a socket and for the messages; nothing is checked.
 *
 * <p>Messages to receive lie one after the other, 64 bytes each; messages to send are named by an
 * array of their addresses. A call ends at the first that fails, so the result tells how many were
 * done, from the first on.
 */
public final class BatchCalls {
    private static final MethodHandle SEND =
            Downcalls.capturingIfPresent("panamq_send", Shapes.I_PPI);
    private static final MethodHandle RECEIVE =
            Downcalls.capturingIfPresent("panamq_receive", Shapes.I_PPI);

    private static final MethodHandle PLAIN_SEND =
            Downcalls.plainIfPresent("panamq_send", Shapes.I_PPI);
    private static final MethodHandle PLAIN_RECEIVE =
            Downcalls.plainIfPresent("panamq_receive", Shapes.I_PPI);

    private BatchCalls() {}

    /**
     * Whether the loaded library has these functions. Without them the others here must not be
     * called.
     *
     * @return true for the bundled library
     */
    public static boolean isPresent() {
        return SEND != null && RECEIVE != null;
    }

    /**
     * {@code panamq_send}: sends messages of one frame each. Those sent are left empty and
     * initialised.
     *
     * @param capture receives errno, also when only some were sent
     * @param socket an open socket that this thread may use
     * @param messages their addresses; all are initialised
     * @param count how many, 1 or more
     * @return how many were sent; if none was, the negated error number
     */
    public static int send(
            MemorySegment capture, MemorySegment socket, MemorySegment messages, int count) {
        try {
            int sent = (int) SEND.invokeExact(capture, socket, messages, count);
            return sent > 0 ? sent : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_receive}: receives frames, be they messages or parts of one. What the messages
     * held before is closed.
     *
     * @param capture receives errno, also when only some were received
     * @param socket an open socket that this thread may use
     * @param messages the first of them, all initialised
     * @param count how many, 1 or more
     * @return how many were received; if none was, the negated error number
     */
    public static int receive(
            MemorySegment capture, MemorySegment socket, MemorySegment messages, int count) {
        try {
            int received = (int) RECEIVE.invokeExact(capture, socket, messages, count);
            return received > 0 ? received : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_send} without errno. Why it ended, the next call tells: the same message fails
     * again.
     *
     * @param socket an open socket that this thread may use
     * @param messages their addresses; all are initialised
     * @param count how many
     * @return how many were sent, 0 or more
     */
    public static int sendPlain(MemorySegment socket, MemorySegment messages, int count) {
        try {
            return (int) PLAIN_SEND.invokeExact(socket, messages, count);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_receive} without errno. Why it ended, the next call tells.
     *
     * @param socket an open socket that this thread may use
     * @param messages the first of them, all initialised
     * @param count how many
     * @return how many were received, 0 or more
     */
    public static int receivePlain(MemorySegment socket, MemorySegment messages, int count) {
        try {
            return (int) PLAIN_RECEIVE.invokeExact(socket, messages, count);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
