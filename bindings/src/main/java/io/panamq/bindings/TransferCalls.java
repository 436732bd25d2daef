// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The hot path: {@code zmq_msg_send}, {@code zmq_msg_recv} and {@code zmq_send}. May block for the
 * socket's time-outs; one thread at a time for a socket and for a message; nothing is checked.
 */
public final class TransferCalls {
    private static final MethodHandle MSG_SEND =
            Downcalls.capturing("zmq_msg_send", zmq_h::zmq_msg_send$descriptor);
    private static final MethodHandle MSG_RECV =
            Downcalls.capturing("zmq_msg_recv", zmq_h::zmq_msg_recv$descriptor);
    private static final MethodHandle SEND =
            Downcalls.capturing("zmq_send", zmq_h::zmq_send$descriptor);

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
            int result = (int) MSG_SEND.invokeExact(capture, message, socket, flags);
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
            int result = (int) MSG_RECV.invokeExact(capture, message, socket, flags);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_send}: copies the buffer.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param buffer native memory
     * @param size bytes of it
     * @param flags {@code ZMQ_DONTWAIT}, {@code ZMQ_SNDMORE}
     * @return the size clipped to an int, or the negated error number
     */
    public static int sendCopy(
            MemorySegment capture,
            MemorySegment socket,
            MemorySegment buffer,
            long size,
            int flags) {
        try {
            int result = (int) SEND.invokeExact(capture, socket, buffer, size, flags);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
