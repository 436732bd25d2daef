// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on sockets that are rarer: {@code zmq_getsockopt}, {@code zmq_unbind}, {@code
 * zmq_disconnect}. They are linked apart from {@link SocketCalls} to keep the start short. One
 * thread at a time may use a socket; nothing is checked.
 */
public final class SocketQueries {
    private static final MethodHandle GET = Downcalls.capturing("zmq_getsockopt", Shapes.I_PIPP);
    private static final MethodHandle UNBIND = Downcalls.capturing("zmq_unbind", Shapes.I_PP);
    private static final MethodHandle DISCONNECT =
            Downcalls.capturing("zmq_disconnect", Shapes.I_PP);

    private SocketQueries() {}

    /**
     * {@code zmq_getsockopt}.
     *
     * @param capture receives errno
     * @param socket an open socket that this thread may use
     * @param option the number of the option
     * @param value receives the value
     * @param size a {@code size_t} with the bytes of {@code value}; receives those of the value
     * @return 0 or more, or the negated error number
     */
    public static int getOption(
            MemorySegment capture,
            MemorySegment socket,
            int option,
            MemorySegment value,
            MemorySegment size) {
        try {
            int result;
            do {
                result = (int) GET.invokeExact(capture, socket, option, value, size);
            } while (result < 0 && Downcalls.isInterrupted(capture));
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
            int result;
            do {
                result = (int) UNBIND.invokeExact(capture, socket, endpoint);
            } while (result < 0 && Downcalls.isInterrupted(capture));
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
            int result;
            do {
                result = (int) DISCONNECT.invokeExact(capture, socket, endpoint);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
