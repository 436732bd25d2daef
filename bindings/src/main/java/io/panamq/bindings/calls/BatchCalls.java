// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls that send, receive or close many messages at once, in the bundled library only: {@code
 * panamq_send} and {@code panamq_receive} do what a loop over {@link TransferCalls} with {@code
 * ZMQ_DONTWAIT} does. They never block. One thread at a time may use a socket and the messages;
 * nothing is checked.
 *
 * <p>Sending and receiving end at the first message that fails, so the result tells how many were
 * done, from the first on. To learn why it failed, call {@link TransferCalls} with that message: it
 * fails again.
 */
public final class BatchCalls {
    private static final MethodHandle SEND = Downcalls.plainIfPresent("panamq_send", Shapes.I_PPI);
    private static final MethodHandle RECEIVE =
            Downcalls.plainIfPresent("panamq_receive", Shapes.I_PPPIJ);
    private static final MethodHandle CLOSE = Downcalls.plainIfPresent("panamq_close", Shapes.I_PI);

    private BatchCalls() {}

    /**
     * Returns whether the loaded library has these functions. Only then may the others be called.
     *
     * @return true for the bundled library
     */
    public static boolean isPresent() {
        return SEND != null && RECEIVE != null && CLOSE != null;
    }

    /**
     * {@code panamq_send}: sends messages of one frame each. It leaves the messages that were sent
     * empty and initialised.
     *
     * @param socket an open socket that this thread may use
     * @param messages the addresses of the messages, all of which are initialised
     * @param count the number of messages
     * @return the number of messages that were sent, 0 or more
     */
    public static int send(MemorySegment socket, MemorySegment messages, int count) {
        try {
            return (int) SEND.invokeExact(socket, messages, count);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code panamq_receive}: receives frames, which are messages or parts of messages. It closes
     * what the messages held before.
     *
     * @param socket an open socket that this thread may use
     * @param messages the addresses of the messages, all of which are initialised
     * @param sizes receives the size of each received frame in bytes, as a long
     * @param count the number of frames to receive at most
     * @param bytes receiving ends after the frame with which the sizes add up to this many bytes
     * @return the number of frames that were received; its complement, which is negative, if no
     *     frame was left or an error came
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
     * {@code panamq_close}: closes messages, and leaves them empty and initialised.
     *
     * @param messages the addresses of the messages, all of which are initialised
     * @param from the index of the first message to close
     * @param to the index after the last message to close
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
