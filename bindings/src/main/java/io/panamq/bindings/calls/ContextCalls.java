// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls on contexts: {@code zmq_ctx_*}, {@code zmq_socket}. Thread safe; handles are unchecked. */
public final class ContextCalls {
    private static final MethodHandle NEW = Downcalls.capturing("zmq_ctx_new", Shapes.P);
    private static final MethodHandle TERM = Downcalls.capturing("zmq_ctx_term", Shapes.I_P);
    private static final MethodHandle SHUTDOWN =
            Downcalls.capturing("zmq_ctx_shutdown", Shapes.I_P);
    private static final MethodHandle SET = Downcalls.capturing("zmq_ctx_set", Shapes.I_PII);
    private static final MethodHandle SOCKET = Downcalls.capturing("zmq_socket", Shapes.P_PI);

    private ContextCalls() {}

    /**
     * {@code zmq_ctx_new}.
     *
     * @param capture receives errno
     * @return the context, or a null pointer: then {@link #lastError} tells why
     */
    public static MemorySegment create(MemorySegment capture) {
        try {
            return (MemorySegment) NEW.invokeExact(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_ctx_term}: <strong>blocks</strong> until every socket is closed and its linger is
     * over.
     *
     * @param capture receives errno
     * @param context from {@link #create}
     * @return 0 or more, or the negated error number
     */
    public static int terminate(MemorySegment capture, MemorySegment context) {
        try {
            int result = (int) TERM.invokeExact(capture, context);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_ctx_shutdown}: ends all blocking calls on the context's sockets.
     *
     * @param capture receives errno
     * @param context from {@link #create}
     * @return 0 or more, or the negated error number
     */
    public static int shutdown(MemorySegment capture, MemorySegment context) {
        try {
            int result = (int) SHUTDOWN.invokeExact(capture, context);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_ctx_set}.
     *
     * @param capture receives errno
     * @param context from {@link #create}
     * @param option the number of the option
     * @param value the new value
     * @return 0 or more, or the negated error number
     */
    public static int set(MemorySegment capture, MemorySegment context, int option, int value) {
        try {
            int result = (int) SET.invokeExact(capture, context, option, value);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_socket}. The first call for a context starts its background threads.
     *
     * @param capture receives errno
     * @param context from {@link #create}
     * @param type the number of the socket type
     * @return the socket, or a null pointer: then {@link #lastError} tells why
     */
    public static MemorySegment socket(MemorySegment capture, MemorySegment context, int type) {
        try {
            return (MemorySegment) SOCKET.invokeExact(capture, context, type);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Returns why {@link #create} or {@link #socket} returned a null pointer.
     *
     * @param capture the segment that was passed to that call
     * @return the negated error number
     */
    public static int lastError(MemorySegment capture) {
        return Downcalls.failure(capture);
    }
}
