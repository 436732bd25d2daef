// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on sockets: {@code zmq_close}, {@code zmq_setsockopt}, {@code zmq_bind}, {@code
 * zmq_connect}. One thread at a time may use a socket; nothing is checked.
 */
public final class SocketCalls {
    private static final MethodHandle CLOSE = Downcalls.capturing("zmq_close", Shapes.I_P);
    private static final MethodHandle SET = Downcalls.capturing("zmq_setsockopt", Shapes.I_PIPJ);
    private static final MethodHandle BIND = Downcalls.capturing("zmq_bind", Shapes.I_PP);
    private static final MethodHandle CONNECT = Downcalls.capturing("zmq_connect", Shapes.I_PP);

    private SocketCalls() {}

    /**
     * {@code zmq_close}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @return 0 or more, or the negated error number
     */
    public static int close(MemorySegment capture, MemorySegment socket) {
        try {
            int result = (int) CLOSE.invokeExact(capture, socket);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_setsockopt}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param option the number of the option
     * @param value the bytes of the value, never null
     * @param size the number of bytes
     * @return 0 or more, or the negated error number
     */
    public static int setOption(
            MemorySegment capture,
            MemorySegment socket,
            int option,
            MemorySegment value,
            long size) {
        try {
            int result;
            do {
                result = (int) SET.invokeExact(capture, socket, option, value, size);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_bind}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param endpoint a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int bind(MemorySegment capture, MemorySegment socket, MemorySegment endpoint) {
        try {
            int result;
            do {
                result = (int) BIND.invokeExact(capture, socket, endpoint);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_connect}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param endpoint a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int connect(MemorySegment capture, MemorySegment socket, MemorySegment endpoint) {
        try {
            int result;
            do {
                result = (int) CONNECT.invokeExact(capture, socket, endpoint);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
