// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calls of the hot path: {@code zmq_msg_send} and {@code zmq_msg_recv}. They may block up to
 * the time-outs of the socket. One thread at a time may use a socket and a message; nothing is
 * checked.
 */
public final class TransferCalls {
    private static final MethodHandle SEND = Downcalls.capturing("zmq_msg_send", Shapes.I_PPI);
    private static final MethodHandle RECEIVE = Downcalls.capturing("zmq_msg_recv", Shapes.I_PPI);

    private static final MethodHandle PLAIN_SEND = Downcalls.plain("zmq_msg_send", Shapes.I_PPI);
    private static final MethodHandle PLAIN_RECEIVE = Downcalls.plain("zmq_msg_recv", Shapes.I_PPI);

    private TransferCalls() {}

    /**
     * {@code zmq_msg_send}: on success the message is left empty and initialised.
     *
     * @param capture receives errno
     * @param message an initialised {@code zmq_msg_t}
     * @param socket an open socket that this thread may use
     * @param flags {@code ZMQ_DONTWAIT}, {@code ZMQ_SNDMORE}
     * @return the size clipped to an int, or the negated error number
     */
    public static int send(
            MemorySegment capture, MemorySegment message, MemorySegment socket, int flags) {
        try {
            int result = (int) SEND.invokeExact(capture, message, socket, flags);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_recv}.
     *
     * @param capture receives errno
     * @param message an initialised {@code zmq_msg_t}
     * @param socket an open socket that this thread may use
     * @param flags {@code ZMQ_DONTWAIT}
     * @return the size clipped to an int, or the negated error number
     */
    public static int receive(
            MemorySegment capture, MemorySegment message, MemorySegment socket, int flags) {
        try {
            int result = (int) RECEIVE.invokeExact(capture, message, socket, flags);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_send} without errno, which would cost 5 ns. A call that fails sends nothing;
     * to learn why it failed, call {@link #send} with the same message.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param socket an open socket that this thread may use
     * @param flags {@code ZMQ_DONTWAIT}, {@code ZMQ_SNDMORE}
     * @return the size clipped to an int, or -1
     */
    public static int sendPlain(MemorySegment message, MemorySegment socket, int flags) {
        try {
            return (int) PLAIN_SEND.invokeExact(message, socket, flags);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_recv} without errno, which would cost 5 ns. A call that fails receives
     * nothing; to learn why it failed, call {@link #receive}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param socket an open socket that this thread may use
     * @param flags {@code ZMQ_DONTWAIT}
     * @return the size clipped to an int, or -1
     */
    public static int receivePlain(MemorySegment message, MemorySegment socket, int flags) {
        try {
            return (int) PLAIN_RECEIVE.invokeExact(message, socket, flags);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
