// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.panamq.bindings.Platform;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Calls on the draft pollers, {@code zmq_poller_*}; {@link DraftFunctions#hasPoller} must be true.
 * One thread at a time may use a poller; nothing is checked. A socket must be removed before it is
 * closed.
 */
public final class PollerCalls {
    private static final ValueLayout FD_T =
            Platform.current().os().equals("windows") ? JAVA_LONG : JAVA_INT;

    private static final FunctionDescriptor I_PPPS =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_SHORT);
    private static final FunctionDescriptor I_PPS =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_SHORT);
    private static final FunctionDescriptor I_PFPS =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, FD_T, ADDRESS, JAVA_SHORT);
    private static final FunctionDescriptor I_PFS =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, FD_T, JAVA_SHORT);
    private static final FunctionDescriptor I_PF = FunctionDescriptor.of(JAVA_INT, ADDRESS, FD_T);

    private static final MethodHandle NEW = Downcalls.capturing("zmq_poller_new", Shapes.P);
    private static final MethodHandle DESTROY =
            Downcalls.capturing("zmq_poller_destroy", Shapes.I_P);
    private static final MethodHandle ADD = Downcalls.capturing("zmq_poller_add", I_PPPS);
    private static final MethodHandle MODIFY = Downcalls.capturing("zmq_poller_modify", I_PPS);
    private static final MethodHandle REMOVE =
            Downcalls.capturing("zmq_poller_remove", Shapes.I_PP);
    private static final MethodHandle ADD_FD =
            Downcalls.capturingWithFd("zmq_poller_add_fd", I_PFPS);
    private static final MethodHandle MODIFY_FD =
            Downcalls.capturingWithFd("zmq_poller_modify_fd", I_PFS);
    private static final MethodHandle REMOVE_FD =
            Downcalls.capturingWithFd("zmq_poller_remove_fd", I_PF);

    private PollerCalls() {}

    /**
     * {@code zmq_poller_new}.
     *
     * @param capture receives errno
     * @return the poller, or a null pointer if there is no memory
     */
    public static MemorySegment create(MemorySegment capture) {
        try {
            return (MemorySegment) NEW.invokeExact(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_poller_destroy}. The registered sockets and descriptors must still be open.
     *
     * @param capture receives errno
     * @param poller points to what {@link #create} returned, which becomes a null pointer
     * @return 0 or more, or the negated error number
     */
    public static int destroy(MemorySegment capture, MemorySegment poller) {
        try {
            int result = (int) DESTROY.invokeExact(capture, poller);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_poller_add} or, with a null pointer for the socket, {@code zmq_poller_add_fd}.
     *
     * @param capture receives errno
     * @param poller from {@link #create}
     * @param socket an open socket that this thread may use, or a null pointer
     * @param fd a descriptor, not negative if there is no socket
     * @param tag what {@link PollerEvents#tag} returns when the entry is ready
     * @param events {@code ZMQ_POLLIN} and so on
     * @return 0 or more, or the negated error number
     */
    public static int add(
            MemorySegment capture,
            MemorySegment poller,
            MemorySegment socket,
            int fd,
            long tag,
            int events) {
        MemorySegment data = MemorySegment.ofAddress(tag);
        try {
            int result =
                    socket.address() == 0
                            ? (int) ADD_FD.invokeExact(capture, poller, fd, data, (short) events)
                            : (int) ADD.invokeExact(capture, poller, socket, data, (short) events);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_poller_modify} or {@code zmq_poller_modify_fd}.
     *
     * @param capture receives errno
     * @param poller from {@link #create}
     * @param socket as it was added
     * @param fd as it was added
     * @param events {@code ZMQ_POLLIN} and so on
     * @return 0 or more, or the negated error number
     */
    public static int modify(
            MemorySegment capture, MemorySegment poller, MemorySegment socket, int fd, int events) {
        try {
            int result =
                    socket.address() == 0
                            ? (int) MODIFY_FD.invokeExact(capture, poller, fd, (short) events)
                            : (int) MODIFY.invokeExact(capture, poller, socket, (short) events);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_poller_remove} or {@code zmq_poller_remove_fd}.
     *
     * @param capture receives errno
     * @param poller from {@link #create}
     * @param socket as it was added, still open
     * @param fd as it was added
     * @return 0 or more, or the negated error number
     */
    public static int remove(
            MemorySegment capture, MemorySegment poller, MemorySegment socket, int fd) {
        try {
            int result =
                    socket.address() == 0
                            ? (int) REMOVE_FD.invokeExact(capture, poller, fd)
                            : (int) REMOVE.invokeExact(capture, poller, socket);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
