// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Sockets: {@code zmq_close}, options, endpoints, and the two copying and moving sends and
 * receives. One thread at a time for a socket; nothing is checked.
 */
public final class SocketCalls {
    private static final MethodHandle CLOSE =
            Downcalls.capturing("zmq_close", zmq_h::zmq_close$descriptor);
    private static final MethodHandle SET =
            Downcalls.capturing("zmq_setsockopt", zmq_h::zmq_setsockopt$descriptor);
    private static final MethodHandle GET =
            Downcalls.capturing("zmq_getsockopt", zmq_h::zmq_getsockopt$descriptor);
    private static final MethodHandle BIND =
            Downcalls.capturing("zmq_bind", zmq_h::zmq_bind$descriptor);
    private static final MethodHandle CONNECT =
            Downcalls.capturing("zmq_connect", zmq_h::zmq_connect$descriptor);
    private static final MethodHandle UNBIND =
            Downcalls.capturing("zmq_unbind", zmq_h::zmq_unbind$descriptor);
    private static final MethodHandle DISCONNECT =
            Downcalls.capturing("zmq_disconnect", zmq_h::zmq_disconnect$descriptor);

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
     * @param option its number
     * @param value its bytes, never null
     * @param size how many bytes
     * @return 0 or more, or the negated error number
     */
    public static int setOption(
            MemorySegment capture,
            MemorySegment socket,
            int option,
            MemorySegment value,
            long size) {
        try {
            int result = (int) SET.invokeExact(capture, socket, option, value, size);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_getsockopt}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param option its number
     * @param value room for the value
     * @param size a {@code size_t}: the room, then the length
     * @return 0 or more, or the negated error number
     */
    public static int getOption(
            MemorySegment capture,
            MemorySegment socket,
            int option,
            MemorySegment value,
            MemorySegment size) {
        try {
            int result = (int) GET.invokeExact(capture, socket, option, value, size);
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
            int result = (int) BIND.invokeExact(capture, socket, endpoint);
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
            int result = (int) CONNECT.invokeExact(capture, socket, endpoint);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_unbind}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param endpoint a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int unbind(MemorySegment capture, MemorySegment socket, MemorySegment endpoint) {
        try {
            int result = (int) UNBIND.invokeExact(capture, socket, endpoint);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_disconnect}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param endpoint a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int disconnect(
            MemorySegment capture, MemorySegment socket, MemorySegment endpoint) {
        try {
            int result = (int) DISCONNECT.invokeExact(capture, socket, endpoint);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
